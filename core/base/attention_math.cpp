// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/attention_math.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace headlens {
namespace {

constexpr std::array<std::pair<HeadFusion, std::string_view>, 4> kFusions{{
    {HeadFusion::Single, "single"},
    {HeadFusion::Mean, "mean"},
    {HeadFusion::Max, "max"},
    {HeadFusion::Min, "min"},
}};

constexpr float kLogSpan = 1e-4F; // the lowest value a logarithmic scale still tells apart, as a share of the highest

} // namespace

std::string_view nameOf(HeadFusion fusion)
{
    return kFusions.at(std::size_t(fusion)).second;
}

std::optional<HeadFusion> headFusionFrom(std::string_view name)
{
    for (const auto& [fusion, text] : kFusions)
        if (text == name) return fusion;
    return std::nullopt;
}

std::vector<float> fuseHeads(std::span<const float> rows, int heads, HeadFusion fusion, int head)
{
    if (heads <= 0) return {};
    const std::size_t tokens = rows.size() / std::size_t(heads);
    const int first = fusion == HeadFusion::Single ? std::clamp(head, 0, heads - 1) : 0;
    std::vector<float> fused(rows.begin() + std::ptrdiff_t(std::size_t(first) * tokens),
                             rows.begin() + std::ptrdiff_t((std::size_t(first) + 1) * tokens));
    if (fusion == HeadFusion::Single) return fused;
    for (std::size_t h = 1; h < std::size_t(heads); ++h)
        for (std::size_t i = 0; i < tokens; ++i) {
            const float value = rows[h * tokens + i];
            if (fusion == HeadFusion::Mean)
                fused[i] += value;
            else
                fused[i] = fusion == HeadFusion::Max ? std::max(fused[i], value) : std::min(fused[i], value);
        }
    if (fusion == HeadFusion::Mean)
        for (float& value : fused) value /= float(heads);
    return fused;
}

std::vector<bool> massMask(std::span<const float> weights, double keep)
{
    std::vector<bool> kept(weights.size(), false);
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0)) return kept;
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return weights[i]; });
    double cumulated = 0;
    for (const std::size_t i : order) {
        cumulated += double(weights[i]) / total;
        kept[i] = cumulated > 1.0 - keep;
    }
    return kept;
}

float robustHigh(std::span<const float> values)
{
    constexpr std::size_t kEnough = 100;
    constexpr double kShare = 0.995;
    constexpr float kLeast = 0.05F;
    if (values.empty()) return 0;
    const double place = kShare * double(values.size() - 1);
    const auto below = std::size_t(place);
    // The largest, ascending: two to four of a picture, so that one pass with a comparison a value finds them.
    std::vector<float> top(values.size() < kEnough ? 1 : values.size() - below, 0.0F);
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

float ValueScale::logarithmicUnit(float value) const
{
    if (!(high > low) || std::isnan(value)) return 0;
    const float floor = std::max(low, high * kLogSpan);
    if (!(value > floor) || !(floor > 0)) return 0;
    return std::clamp(std::log(value / floor) / std::log(high / floor), 0.0F, 1.0F);
}

float ValueScale::valueAt(float unit) const
{
    if (!logarithmic) return low + unit * (high - low);
    const float floor = std::max({low, high * kLogSpan, std::numeric_limits<float>::min()});
    return floor * std::pow(high / floor, unit);
}

} // namespace headlens
