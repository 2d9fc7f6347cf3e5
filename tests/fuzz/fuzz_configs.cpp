// SPDX-License-Identifier: GPL-3.0-or-later
// config.json of every family, preprocessor_config.json and timm's pretrained_cfg from the same bytes.
#include "core/base/error.h"
#include "core/imaging/preprocess_plan.h"
#include "core/models/skeletons/swin_config.h"
#include "core/models/skeletons/vit_config.h"
#include "core/wire/safe_json.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    Json json;
    try {
        json = parseJsonObject({reinterpret_cast<const char*>(data), size}, "fuzz");
    } catch (const Error&) {
        return 0;
    }
    try {
        parseVitConfig(json, "fuzz");
    } catch (const Error&) {
    }
    try {
        const SwinConfig config = parseSwinConfig(json, "fuzz");
        for (std::size_t stage = 0; stage < config.stages.size(); ++stage)
            windowsOf(config, stage, 1, 7, 9).placeOf({6, 8});
    } catch (const Error&) {
    }
    try {
        parseTimmPlan(json, "fuzz").describe();
    } catch (const Error&) {
    }
    try {
        parsePreprocessPlan(json, "fuzz", 224).describe();
    } catch (const Error&) {
    }
    return 0;
}
