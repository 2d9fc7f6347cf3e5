// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_lanes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace headlens {

std::vector<int> lanesOf(const std::vector<CardSpan>& cards, double gap)
{
    std::vector<std::size_t> order(cards.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return cards[a].left < cards[b].left; });
    std::vector<int> lanes(cards.size());
    std::vector<double> ends; // of every lane
    for (const std::size_t card : order) {
        const auto free = std::ranges::find_if(ends, [&](double end) { return end + gap <= cards[card].left; });
        lanes[card] = int(free - ends.begin());
        if (free == ends.end())
            ends.push_back(cards[card].right);
        else
            *free = cards[card].right;
    }
    return lanes;
}

double LifeAxis::at(double month) const
{
    return left + (month - low) / std::max(1, high - low) * (right - left);
}

int LifeAxis::monthAt(double x) const
{
    if (right <= left) return low;
    return std::clamp(int(std::lround(low + (x - left) / (right - left) * (high - low))), low, high);
}

LifeAxis axisOf(const std::vector<int>& months, double left, double right)
{
    constexpr int kRoom = 5 * 12;
    if (months.empty()) return {0, 12, left, right};
    const int first = *std::ranges::min_element(months), last = *std::ranges::max_element(months) + kRoom;
    return {first / 12 * 12, (last / 12 + 1) * 12, left, right};
}

int yearsBetweenTicks(const LifeAxis& axis, double pixels)
{
    static constexpr std::array kSteps{1, 2, 5, 10, 20, 50};
    for (const int years : kSteps)
        if (axis.at(axis.low + 12.0 * years) - axis.left >= pixels) return years;
    return 100;
}

} // namespace headlens
