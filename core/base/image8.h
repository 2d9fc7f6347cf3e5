// SPDX-License-Identifier: GPL-3.0-or-later
// An owned picture of 8-bit pixels, rows from top to bottom without padding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace headlens {

struct Image8 {
    int width = 0;
    int height = 0;
    int channels = 3; // 3: R,G,B; 4: R,G,B,A
    std::vector<std::uint8_t> pixels;

    Image8() = default;
    Image8(int w, int h, int c = 3)
        : width(w), height(h), channels(c), pixels(std::size_t(w) * std::size_t(h) * std::size_t(c))
    {
    }
    bool empty() const { return pixels.empty(); }
    std::size_t offset(int x, int y) const
    {
        return (std::size_t(y) * std::size_t(width) + std::size_t(x)) * std::size_t(channels);
    }
    std::uint8_t* at(int x, int y) { return pixels.data() + offset(x, y); }
    const std::uint8_t* at(int x, int y) const { return pixels.data() + offset(x, y); }
};

} // namespace headlens
