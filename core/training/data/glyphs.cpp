// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/glyphs.h"

#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr int kColumns = 5, kRows = 7;
using Bitmap = std::array<const char*, kRows>;

constexpr std::array<Bitmap, 10> kDigits{{
    {" ### ", "#   #", "#  ##", "# # #", "##  #", "#   #", " ### "},
    {"  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "},
    {" ### ", "#   #", "    #", "   # ", "  #  ", " #   ", "#####"},
    {" ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### "},
    {"   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "},
    {"#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "},
    {" ### ", "#    ", "#    ", "#### ", "#   #", "#   #", " ### "},
    {"#####", "    #", "   # ", "  #  ", " #   ", " #   ", " #   "},
    {" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "},
    {" ### ", "#   #", "#   #", " ####", "    #", "    #", " ### "},
}};

struct Colour {
    double red, green, blue;
};

Colour warm(Random& random)
{
    return {random.real(215, 255), random.real(60, 180), random.real(0, 70)}; // red to yellow
}

Colour cold(Random& random)
{
    return {random.real(0, 110), random.real(60, 200), random.real(190, 255)}; // violet to cyan
}

struct Box {
    int x, y, width, height;
    bool meets(const Box& other) const
    {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }
};

void paintBackground(Image8& picture, Random& random)
{
    const double base = random.real(20, 90), slopeX = random.real(-40, 40), slopeY = random.real(-40, 40),
                 tint = random.real(-12, 12);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const double level = base + slopeX * x / picture.width + slopeY * y / picture.height + random.real(-8, 8);
            const std::array<double, 3> rgb{level + tint, level, level - tint};
            for (std::size_t c = 0; c < 3; ++c) picture.at(x, y)[c] = std::uint8_t(std::clamp(rgb.at(c), 0.0, 255.0));
        }
}

void paintDigit(Image8& picture, int digit, const Box& box, const Colour& colour)
{
    const Bitmap& bitmap = kDigits.at(std::size_t(digit));
    for (int y = 0; y < box.height; ++y)
        for (int x = 0; x < box.width; ++x) {
            if (bitmap.at(std::size_t(y * kRows / box.height))[x * kColumns / box.width] != '#') continue;
            std::uint8_t* const pixel = picture.at(box.x + x, box.y + y);
            pixel[0] = std::uint8_t(colour.red);
            pixel[1] = std::uint8_t(colour.green);
            pixel[2] = std::uint8_t(colour.blue);
        }
}

} // namespace

GlyphScene glyphScene(std::uint64_t seed, int side)
{
    Random random(seed);
    GlyphScene scene;
    scene.picture = Image8(side, side);
    paintBackground(scene.picture, random);
    std::vector<Box> placed;
    constexpr int kGlyphs = 3;
    for (int glyph = 0; glyph < kGlyphs; ++glyph) {
        const int width = side * (10 + random.whole(4)) / 64, height = width * kRows / kColumns;
        Box box{random.whole(side - width), random.whole(side - height), width, height};
        while (std::ranges::any_of(placed, [&](const Box& other) { return box.meets(other); }))
            box = {random.whole(side - width), random.whole(side - height), width, height};
        placed.push_back(box);
        const int digit = random.whole(10);
        paintDigit(scene.picture, digit, box, glyph == 0 ? warm(random) : cold(random));
        if (glyph > 0) continue;
        scene.digit = digit;
        scene.x = box.x;
        scene.y = box.y;
        scene.width = box.width;
        scene.height = box.height;
    }
    return scene;
}

} // namespace headlens
