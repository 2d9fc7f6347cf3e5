// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/map_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace headlens {

float robustHigh(std::span<const float> values)
{
    constexpr std::size_t kEnough = 100;
    constexpr double kShare = 0.995;
    constexpr float kLeast = 0.05F;
    const auto count = std::size_t(std::ranges::count_if(values, [](float value) { return value != 0; }));
    if (count == 0) return 0;
    const double place = kShare * double(count - 1);
    const auto below = std::size_t(place);
    // The largest, ascending: two to four of a picture, so that one pass with a comparison a value finds them.
    std::vector<float> top(count < kEnough ? 1 : count - below, 0.0F);
    for (const float value : values) {
        const float size = std::abs(value);
        if (!(size > top[0])) continue; // not a number as well
        std::size_t at = 0;
        for (; at + 1 < top.size() && top[at + 1] < size; ++at) top[at] = top[at + 1];
        top[at] = size;
    }
    if (top.size() == 1) return top[0];
    const float between = top[0] + float(place - double(below)) * (top[1] - top[0]);
    return std::max(between, kLeast * top.back());
}

float bicubicAt(std::span<const float> values, int width, int height, double x, double y)
{
    // Weights of four neighbours at distance t from the second of them.
    const auto weights = [](double t) {
        return std::array<double, 4>{((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1,
                                     ((-1.5 * t + 2) * t + 0.5) * t, (0.5 * t - 0.5) * t * t};
    };
    const double left = std::floor(x - 0.5), top = std::floor(y - 0.5);
    const std::array<double, 4> across = weights(x - 0.5 - left), down = weights(y - 0.5 - top);
    double sum = 0, low = std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t j = 0; j < 4; ++j) {
        const int row = std::clamp(int(top) + int(j) - 1, 0, height - 1);
        for (std::size_t i = 0; i < 4; ++i) {
            const int column = std::clamp(int(left) + int(i) - 1, 0, width - 1);
            const double value = double(values[std::size_t(row) * std::size_t(width) + std::size_t(column)]);
            sum += across[i] * down[j] * value;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    return float(std::clamp(sum, low, high));
}

} // namespace headlens
