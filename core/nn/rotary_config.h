// SPDX-License-Identifier: GPL-3.0-or-later
// Rotary positions of tokens in a line, as numbers (Su et al. 2021, RoFormer).
#pragma once

#include <cstdint>
#include <vector>

namespace headlens {

struct RotaryConfig {
    double theta = 10'000;
    std::int64_t width = 0; // how many numbers of every head turn, from the first on; 0: all
    enum Scaling : std::uint8_t {
        None,
        Linear, // every frequency over `factor`
        Llama3, // only the slow ones, with a ramp between two wavelengths
    } scaling = None;
    double factor = 1;
    double lowFactor = 1, highFactor = 4, originalPositions = 8'192; // of Llama3
    std::vector<double> divisors = {}; // every frequency over its own, before anything else [d/2]; empty: none (GGUF)
};

} // namespace headlens
