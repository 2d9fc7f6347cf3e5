// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/outliers.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace headlens {
namespace {

constexpr double kDeviations = 3, kPercentile = 0.99;

double percentileOf(std::span<const double> lengths)
{
    std::vector<double> sorted(lengths.begin(), lengths.end());
    std::ranges::sort(sorted);
    const double place = kPercentile * double(sorted.size() - 1), below = std::floor(place);
    const auto from = std::size_t(below), to = std::min(from + 1, sorted.size() - 1);
    return std::lerp(sorted[from], sorted[to], place - below);
}

} // namespace

double outlierLimit(std::span<const double> lengths, OutlierRule rule)
{
    if (lengths.empty()) return 0;
    if (rule == OutlierRule::Percentile) return percentileOf(lengths);
    const double count = double(lengths.size()), mean = std::accumulate(lengths.begin(), lengths.end(), 0.0) / count;
    double squares = 0;
    for (const double length : lengths) squares += (length - mean) * (length - mean);
    return mean + kDeviations * std::sqrt(squares / count);
}

} // namespace headlens
