// SPDX-License-Identifier: GPL-3.0-or-later
// config.json and preprocessor_config.json from the same bytes.
#include "core/base/error.h"
#include "core/imaging/preprocess_plan.h"
#include "core/models/vit_config.h"

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
        parsePreprocessPlan(json, "fuzz", 224).describe();
    } catch (const Error&) {
    }
    return 0;
}
