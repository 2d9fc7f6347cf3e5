// SPDX-License-Identifier: GPL-3.0-or-later
// Positions as angles by which queries and keys are turned.
#pragma once

#include "core/nn/rotary_config.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headlens {

// Frequencies [d/2] float32: theta^(-2j/d), scaled as the model was trained. `length`: tokens of the whole text, by
// which Dynamic and Long choose.
at::Tensor rotaryFrequencies(const RotaryConfig& config, std::int64_t headWidth, std::int64_t length = 0);

// By what cosine and sine are multiplied: 1 but for Yarn and Long.
double rotaryMagnitude(const RotaryConfig& config);

// Cosine and sine [count,d] of the places from `from` on; both halves alike.
struct RotaryTable {
    at::Tensor cosine, sine;
};
RotaryTable rotaryTable(const at::Tensor& frequencies, std::int64_t from, std::int64_t count, double magnitude = 1);

// The same for places on several axes [A,B,T], of which axis a turns `sections[a]` frequencies in a row: [B,1,T,d].
RotaryTable rotaryTable(const at::Tensor& frequencies, const at::Tensor& axes,
                        const std::vector<std::int64_t>& sections);

// x [..,n,D] with its first d numbers turned, j with j + d/2; the rest stays. cosine and sine [n,d] or
// [B,1,n,d].
at::Tensor turned(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine);

} // namespace headlens
