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
