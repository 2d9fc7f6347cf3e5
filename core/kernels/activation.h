// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace headlens {

// What follows a linear layer of an MLP: GELU with erf, GELU with tanh, x * sigmoid(1.702 x), x * sigmoid(x), max(x,
// 0).
enum class Activation : std::uint8_t { Gelu, GeluTanh, QuickGelu, Silu, Relu };

} // namespace headlens
