// SPDX-License-Identifier: GPL-3.0-or-later
// Resampling exactly as Pillow does it, because the processors of the reference implementations use Pillow
//. OpenCV's resize differs by up to 14 grey levels.
#pragma once

#include "core/base/image8.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace headlens {

// The numbers are Pillow's ids, as they stand in preprocessor_config.json ("resample").
enum class Filter : std::uint8_t { Nearest = 0, Lanczos = 1, Bilinear = 2, Bicubic = 3, Box = 4, Hamming = 5 };

// "bicubic" and the like, as Pillow, timm and people call them.
std::string_view nameOf(Filter filter);
std::optional<Filter> filterNamed(std::string_view name);

// Any number of channels; rounds to 8 bits after the horizontal pass and again after the vertical one.
Image8 pilResize(const Image8& source, int width, int height, Filter filter);

} // namespace headlens
