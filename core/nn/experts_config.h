// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes of a mixture of experts (Shazeer et al. 2017; Fedus et al. 2022).
#pragma once

#include <cstdint>

namespace headlens {

struct ExpertsConfig {
    std::int64_t count = 0;   // 0: a plain MLP
    std::int64_t chosen = 2;  // of them, for every token
    std::int64_t width = 0;   // of each
    bool renormalised = true; // the weights of the chosen ones sum to 1
    std::int64_t shared = 0;  // width of one more that every token asks, times a gate of its own; 0: none (Qwen2-MoE)
};

} // namespace headlens
