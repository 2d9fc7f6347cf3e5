// SPDX-License-Identifier: GPL-3.0-or-later
// Where the scale of a map ends, and its values between the middles of patches; for the window and for figures.
#pragma once

#include <span>

namespace headlens {

// The upper end of a scale that a few outliers do not stretch: the 99.5th percentile of the magnitudes, between two
// values in proportion. Zeros do not count: most of them cannot be seen at all. No lower than a twentieth of the
// largest, else what is next to nothing would look like much; of fewer than a hundred values the largest.
float robustHigh(std::span<const float> values);

// A value between the centres of cells, `x` and `y` in cells from the upper left corner: bicubic (Keys, a = -0.5),
// never outside the sixteen values around it. `values` [height, width].
float bicubicAt(std::span<const float> values, int width, int height, double x, double y);

} // namespace headlens
