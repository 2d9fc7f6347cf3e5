// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data/object_scenes.h"

#include "core/training/data/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace headlens {
namespace {

using Colour = std::array<double, 3>;

Colour anyColour(Random& random)
{
    return {random.real(20, 255), random.real(20, 255), random.real(20, 255)};
}

// Shapes in the square from -1 to 1, y downwards.
bool covers(int kind, double x, double y)
{
    const double r = std::hypot(x, y), angle = std::atan2(y, x);
    switch (kind) {
    case 0: return r < 0.9;                                               // disc
    case 1: return std::max(std::abs(x), std::abs(y)) < 0.78;             // square
    case 2: return y < 0.75 && y > -0.9 + 1.9 * std::abs(x);              // triangle
    case 3: return r < 0.95 && r > 0.5;                                   // ring
    case 4: return std::min(std::abs(x), std::abs(y)) < 0.28 && r < 0.95; // cross
    case 5: return r < 0.62 + 0.33 * std::cos(5 * angle);                 // star
    case 6: return std::abs(y) < 0.36 && std::abs(x) < 0.98;              // bar
    default: return r < 0.92 && std::hypot(x - 0.45, y) > 0.7;            // crescent
    }
}

struct Thing {
    int kind = 0, texture = 0;
    Colour first{}, second{};
    double period = 0.3;
};

Thing thingFrom(std::uint64_t seed)
{
    Random random(seed);
    Thing thing;
    thing.kind = random.whole(kObjectKinds);
    thing.texture = random.whole(3);
    thing.first = anyColour(random);
    do thing.second = anyColour(random);
    while (std::abs(thing.first[0] - thing.second[0]) + std::abs(thing.first[1] - thing.second[1]) +
               std::abs(thing.first[2] - thing.second[2]) <
           150);
    thing.period = random.real(0.3, 0.55);
    return thing;
}

const Colour& colourAt(const Thing& thing, double x, double y)
{
    const auto band = [&](double along) { return int(std::floor(along / thing.period)) % 2 == 0; };
    const bool first = thing.texture == 0   ? band(x + 8)
                       : thing.texture == 1 ? band(x + 8) != band(y + 8)
                                            : band(std::hypot(x, y));
    return first ? thing.first : thing.second;
}

// A soft slope between two colours with waves and grain: busy enough that not every edge belongs to the thing.
void paintBackground(Image8& picture, Random& random)
{
    const Colour a = anyColour(random), b = anyColour(random);
    const double turn = random.real(0, 2 * std::numbers::pi), waves = random.real(1, 4), depth = random.real(0, 0.35),
                 grain = random.real(0, 12);
    const int side = picture.width;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double along = (x * std::cos(turn) + y * std::sin(turn)) / side;
            const double across = (y * std::cos(turn) - x * std::sin(turn)) / side;
            const double t =
                std::clamp(0.5 + 0.5 * along + depth * std::sin(2 * std::numbers::pi * waves * across), 0.0, 1.0);
            for (std::size_t c = 0; c < 3; ++c)
                picture.at(x, y)[c] =
                    std::uint8_t(std::clamp(a[c] + (b[c] - a[c]) * t + random.real(-grain, grain), 0.0, 255.0));
        }
}

} // namespace

ObjectScene objectScene(std::uint64_t thingSeed, std::uint64_t view, int side)
{
    const Thing thing = thingFrom(thingSeed);
    Random random(view);
    ObjectScene scene{Image8(side, side), std::vector<std::uint8_t>(std::size_t(side * side)), thing.kind};
    paintBackground(scene.picture, random);
    const double radius = random.real(0.2, 0.34) * side, light = random.real(0.75, 1.15), turn = random.real(-0.5, 0.5);
    const double centreX = random.real(0.7 * radius, side - 0.7 * radius),
                 centreY = random.real(0.7 * radius, side - 0.7 * radius);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const double dx = (x + 0.5 - centreX) / radius, dy = (y + 0.5 - centreY) / radius;
            const double u = dx * std::cos(turn) + dy * std::sin(turn), v = dy * std::cos(turn) - dx * std::sin(turn);
            if (!covers(thing.kind, u, v)) continue;
            scene.mask[std::size_t(y * side + x)] = 1;
            const Colour& colour = colourAt(thing, u, v);
            for (std::size_t c = 0; c < 3; ++c)
                scene.picture.at(x, y)[c] = std::uint8_t(std::clamp(colour[c] * light, 0.0, 255.0));
        }
    return scene;
}

std::vector<bool> patchesOf(const ObjectScene& scene, int patch)
{
    const int columns = scene.picture.width / patch;
    std::vector<int> covered(std::size_t(columns * columns));
    for (int y = 0; y < columns * patch; ++y)
        for (int x = 0; x < columns * patch; ++x)
            covered[std::size_t(y / patch * columns + x / patch)] +=
                scene.mask[std::size_t(y * scene.picture.width + x)];
    std::vector<bool> patches;
    for (const int pixels : covered) patches.push_back(2 * pixels >= patch * patch);
    return patches;
}

} // namespace headlens
