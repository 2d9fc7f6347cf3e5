// SPDX-License-Identifier: GPL-3.0-or-later
// How far a JPEG goes that was cut off: a decoder fills the rest with grey and says nothing.
#pragma once

#include <cstddef>
#include <span>

namespace headlens {

// Share of the rows of its first scan that a JPEG file holds, 0 to 1; below 1 only where the file ends before its end
// marker and something is missing. Of a progressive picture that was cut in a later scan it is kCoarse: all rows are
// there without fine detail.
inline constexpr double kCoarse = 0.999;
double rowsOfJpeg(std::span<const std::byte> file);

} // namespace headlens
