// SPDX-License-Identifier: GPL-3.0-or-later
// The first picture of files that OpenCV does not read: GIF, and WebP with several pictures.
#pragma once

#include "core/base/image8.h"

#include <cstddef>
#include <optional>
#include <span>

namespace headlens {

struct FirstFrame {
    Image8 image;       // RGB, as large as the canvas of the file; what is transparent keeps its colour, as in a PNG
    bool moves = false; // there are more
};

// `width` and `height` as the header says, checked by the caller. Nothing where the file is damaged.
std::optional<FirstFrame> firstOfGif(std::span<const std::byte> file, int width, int height);
std::optional<FirstFrame> firstOfWebp(std::span<const std::byte> file, int width, int height);

} // namespace headlens
