// SPDX-License-Identifier: GPL-3.0-or-later
// One coloured shape in a small picture, and the sentence that says what it is and where.
#pragma once

#include "core/base/image8.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct ShapeScene {
    Image8 picture; // square, RGB
    int colour = 0, shape = 0, place = 0;
    std::vector<std::string> caption() const; // "a red ring left ."
};

inline constexpr int kShapeColours = 4, kShapes = 5, kPlaces = 3;

// Determined by its seed.
ShapeScene shapeScene(std::uint64_t seed, int side);
// Pictures of one height side by side.
Image8 sideBySide(const std::vector<ShapeScene>& scenes);

std::vector<std::string> shapeVocabulary(); // every word of the captions

} // namespace headlens
