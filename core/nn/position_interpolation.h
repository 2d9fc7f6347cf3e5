// SPDX-License-Identifier: GPL-3.0-or-later
// How learnt positions are brought to another grid.
#pragma once

#include <cstdint>

namespace headlens {

enum class PositionInterpolation : std::uint8_t { HuggingFace, Facebook, Timm };

} // namespace headlens
