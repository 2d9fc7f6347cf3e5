// SPDX-License-Identifier: GPL-3.0-or-later
// Rotary positions of tokens in a line, as numbers (Su et al. 2021, RoFormer), and how they are stretched to texts
// longer than those of the training.
#pragma once

#include <cstdint>
#include <vector>

namespace headlens {

struct RotaryConfig {
    double theta = 10'000;
    std::int64_t width = 0; // how many numbers of every head turn, from the first on; 0: all
    enum Scaling : std::uint8_t {
        None,
        Linear,  // every frequency over `factor`
        Dynamic, // a larger base once the text exceeds `positions` ("NTK-aware")
        Llama3,  // only the slow ones, with a ramp between two wavelengths
        Yarn,    // by turns within `originalPositions`, with a ramp (Peng et al. 2023)
        Long,    // every frequency over its own factor, one list for short texts and one for long (LongRoPE)
    } scaling = None;
    double factor = 1;
    double lowFactor = 1, highFactor = 4;                    // of Llama3
    double originalPositions = 8'192;                        // of Llama3, Yarn and Long: of the training
    double positions = 2'048;                                // of Dynamic and Long: that the model is sold with
    double fastTurns = 32, slowTurns = 1;                    // of Yarn
    double magnitude = 0;                                    // of cosine and sine; 0: what the scaling says
    std::vector<double> shortFactors = {}, longFactors = {}; // of Long [d/2]
    // How many frequencies follow the place in time, in height and in width (Qwen2-VL); empty: all follow one.
    std::vector<std::int64_t> sections = {};
    std::vector<double> divisors = {}; // every frequency over its own, before anything else [d/2]; empty: none (GGUF)
};

} // namespace headlens
