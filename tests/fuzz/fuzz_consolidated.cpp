// SPDX-License-Identifier: GPL-3.0-or-later
// params.json of Meta and Mistral, and what config.json would say.
#include "core/base/error.h"
#include "core/checkpoint/consolidated.h"
#include "core/checkpoint/consolidated_params.h"
#include "core/wire/safe_json.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (consolidatedAxis(consolidatedName(text)) > 1 || (isConsolidatedFile(text) && text.size() > 64))
        __builtin_trap();
    try {
        const ConsolidatedParams params = parseConsolidatedParams(parseJsonObject(text, "fuzz"), "fuzz");
        if (params.heads % params.keyHeads != 0 || params.headWidth < 2) __builtin_trap();
        std::vector<std::string> assumptions;
        for (const std::int64_t vocabulary : {32'000, 128'256})
            static_cast<void>(configOf(params, vocabulary, 8, false, assumptions).dump());
    } catch (const Error&) {
    }
    return 0;
}
