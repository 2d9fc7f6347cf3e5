// SPDX-License-Identifier: GPL-3.0-or-later
// One textured thing somewhere before a background that says nothing about it, and the mask of the thing. Two views of
// the same thing share its shape, colours and texture only, so that nothing else can be learnt from what they have in
// common.
#pragma once

#include "core/base/image8.h"

#include <cstdint>
#include <vector>

namespace headlens {

inline constexpr int kObjectKinds = 8;

struct ObjectScene {
    Image8 picture;                 // square, RGB
    std::vector<std::uint8_t> mask; // [side*side] 1 where the thing is
    int kind = 0;                   // its shape, 0 .. kObjectKinds - 1
};

// `thing` determines shape, colours and texture; `view` place, size, angle, light and background.
ObjectScene objectScene(std::uint64_t thing, std::uint64_t view, int side);

// Whether the thing covers at least half of each patch, row by row.
std::vector<bool> patchesOf(const ObjectScene& scene, int patch);

} // namespace headlens
