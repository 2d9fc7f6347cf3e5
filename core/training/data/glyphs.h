// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that are mostly empty: one digit in a warm colour to read, others in cold colours to ignore.
#pragma once

#include "core/base/image8.h"

#include <cstdint>
#include <vector>

namespace headlens {

struct GlyphScene {
    Image8 picture;                          // square, RGB
    int digit = 0;                           // of the warm glyph
    int x = 0, y = 0, width = 0, height = 0; // around its ink, in pixels
};

// One scene, determined by its seed: the warm digit somewhere, two cold ones elsewhere, a soft background with noise.
GlyphScene glyphScene(std::uint64_t seed, int side);

} // namespace headlens
