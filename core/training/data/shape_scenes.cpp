// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/shape_scenes.h"

#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::array<const char*, kShapeColours> kColours{"red", "green", "blue", "yellow"};
constexpr std::array<std::array<double, 3>, kShapeColours> kRgb{
    {{220, 50, 40}, {40, 170, 70}, {50, 90, 220}, {235, 205, 50}}};
constexpr std::array<const char*, kShapes> kNames{"square", "circle", "ring", "cross", "triangle"};
constexpr std::array<const char*, kPlaces> kWhere{"left", "middle", "right"};

// Whether (x, y), from -1 to 1 inside the shape's box with y downwards, is ink.
bool isInk(int shape, double x, double y)
{
    const double r = std::hypot(x, y);
    switch (shape) {
    case 0: return std::max(std::abs(x), std::abs(y)) < 0.85;
    case 1: return r < 0.95;
    case 2: return r < 1 && r > 0.55;
    case 3: return std::min(std::abs(x), std::abs(y)) < 0.28;
    default: return y < 0.9 && y > 2 * std::abs(x) - 0.95;
    }
}

} // namespace

std::vector<std::string> ShapeScene::caption() const
{
    return {"a", kColours.at(std::size_t(colour)), kNames.at(std::size_t(shape)), kWhere.at(std::size_t(place)), "."};
}

ShapeScene shapeScene(std::uint64_t seed, int side)
{
    Random random(seed);
    ShapeScene scene;
    scene.picture = Image8(side, side);
    scene.colour = random.whole(kShapeColours);
    scene.shape = random.whole(kShapes);
    scene.place = random.whole(kPlaces);
    const double radius = side * random.real(0.15, 0.2), base = random.real(195, 245);
    const double x0 = side * (0.22 + 0.28 * scene.place + random.real(-0.03, 0.03)), y0 = side * random.real(0.3, 0.7);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const bool ink = std::abs(x + 0.5 - x0) < radius && std::abs(y + 0.5 - y0) < radius &&
                             isInk(scene.shape, (x + 0.5 - x0) / radius, (y + 0.5 - y0) / radius);
            const double noise = random.real(-8, 8);
            for (std::size_t c = 0; c < 3; ++c)
                scene.picture.at(x, y)[c] = std::uint8_t(
                    std::clamp((ink ? kRgb.at(std::size_t(scene.colour)).at(c) : base) + noise, 0.0, 255.0));
        }
    return scene;
}

Image8 sideBySide(const std::vector<ShapeScene>& scenes)
{
    const int side = scenes.at(0).picture.height;
    Image8 strip(side * int(scenes.size()), side);
    for (std::size_t i = 0; i < scenes.size(); ++i)
        for (int y = 0; y < side; ++y) std::copy_n(scenes[i].picture.at(0, y), side * 3, strip.at(int(i) * side, y));
    return strip;
}

std::vector<std::string> shapeVocabulary()
{
    std::vector<std::string> words{"a", "."};
    words.insert(words.end(), kColours.begin(), kColours.end());
    words.insert(words.end(), kNames.begin(), kNames.end());
    words.insert(words.end(), kWhere.begin(), kWhere.end());
    return words;
}

} // namespace headlens
