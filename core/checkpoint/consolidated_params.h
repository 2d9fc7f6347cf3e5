// SPDX-License-Identifier: GPL-3.0-or-later
// params.json of Meta and Mistral, in the words of config.json.
#pragma once

#include "core/wire/json_fwd.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct ConsolidatedParams {
    std::int64_t width = 0, layers = 0, heads = 0, keyHeads = 0, headWidth = 0;
    std::int64_t experts = 0, expertsPerToken = 0; // 0: none
    std::int64_t window = 0;                       // 0: none
    std::int64_t positions = 0;                    // 0: it does not say
    double eps = 1e-5, theta = 10'000;
    bool hasScaledRotary = false; // Llama 3.1 and 3.2
    bool isMistral = false;       // by keys that Meta does not write
};

// Throws Error(BadConfig) for what is missing or out of range, Error(UnsupportedModel) for models that see or that are
// built otherwise.
ConsolidatedParams parseConsolidatedParams(const Json& json, const std::string& subject);

// `vocabulary`, `mlpWidth`, `isTied`: as the tensors show. What had to be assumed is appended to `assumptions`.
Json configOf(const ConsolidatedParams& params, std::int64_t vocabulary, std::int64_t mlpWidth, bool isTied,
              std::vector<std::string>& assumptions);

} // namespace headlens
