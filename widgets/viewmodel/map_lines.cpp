// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/map_lines.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace headlens {
namespace {

// Of one square of four neighbours: where its edges are crossed, in pairs.
class Square {
public:
    Square(const std::array<QPointF, 4>& corners, const std::array<float, 4>& values, float level)
        : m_corners(corners), m_values(values), m_level(level)
    {
    }
    void appendTo(QList<QLineF>& lines) const
    {
        std::array<QPointF, 4> crossed;
        std::size_t count = 0;
        for (std::size_t edge = 0; edge < 4; ++edge)
            if (isIn(edge) != isIn((edge + 1) % 4)) crossed[count++] = crossing(edge);
        if (count == 2) lines << QLineF(crossed[0], crossed[1]);
        if (count != 4) return;
        // A saddle: what lies in the middle decides which corners belong together.
        const bool joins = (m_values[0] + m_values[1] + m_values[2] + m_values[3]) / 4 >= m_level;
        const bool first = joins == isIn(0);
        lines << (first ? QLineF(crossed[0], crossed[1]) : QLineF(crossed[3], crossed[0]));
        lines << (first ? QLineF(crossed[2], crossed[3]) : QLineF(crossed[1], crossed[2]));
    }

private:
    bool isIn(std::size_t corner) const { return m_values[corner] >= m_level; }
    QPointF crossing(std::size_t edge) const
    {
        const std::size_t next = (edge + 1) % 4;
        const float rise = m_values[next] - m_values[edge];
        const double at = rise == 0 ? 0.5 : std::clamp(double((m_level - m_values[edge]) / rise), 0.0, 1.0);
        return m_corners[edge] + at * (m_corners[next] - m_corners[edge]);
    }
    const std::array<QPointF, 4>& m_corners;
    const std::array<float, 4>& m_values;
    float m_level;
};

} // namespace

float levelOf(std::span<const float> values, double share)
{
    std::vector<float> sorted(values.begin(), values.end());
    std::ranges::sort(sorted, std::greater<>());
    double total = 0, sum = 0;
    for (const float value : sorted) total += std::max(0.0, double(value));
    for (const float value : sorted) {
        sum += double(value);
        if (sum >= share * total) return value;
    }
    return sorted.empty() ? 0 : sorted.back();
}

QList<QLineF> linesAt(const SmoothMap& map, float level, const QRectF& target)
{
    const double w = target.width() / map.width, h = target.height() / map.height;
    const auto value = [&](int x, int y) {
        const bool inside = x >= 0 && y >= 0 && x < map.width && y < map.height;
        // The edge of the picture is where a line ends: half a pixel beyond it the map is nothing.
        return inside ? map.values[std::size_t(y) * std::size_t(map.width) + std::size_t(x)] : 0.0F;
    };
    const auto middle = [&](int x, int y) {
        return target.topLeft() +
               QPointF(std::clamp((x + 0.5) * w, 0.0, target.width()), std::clamp((y + 0.5) * h, 0.0, target.height()));
    };
    QList<QLineF> lines;
    for (int y = -1; y < map.height; ++y)
        for (int x = -1; x < map.width; ++x) {
            const std::array<float, 4> values{value(x, y), value(x + 1, y), value(x + 1, y + 1), value(x, y + 1)};
            const auto in = std::ranges::count_if(values, [level](float one) { return one >= level; });
            if (in == 0 || in == 4) continue; // nearly everywhere
            const std::array<QPointF, 4> corners{middle(x, y), middle(x + 1, y), middle(x + 1, y + 1),
                                                 middle(x, y + 1)};
            Square(corners, values, level).appendTo(lines);
        }
    return lines;
}

QList<QLineF> bordersOf(const std::vector<bool>& kept, const QSize& cells, const QRectF& grid)
{
    const double w = grid.width() / cells.width(), h = grid.height() / cells.height();
    const auto isKept = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < cells.width() && y < cells.height() &&
               kept[std::size_t(y) * std::size_t(cells.width()) + std::size_t(x)];
    };
    QList<QLineF> lines;
    if (kept.empty()) return lines;
    for (int y = 0; y <= cells.height(); ++y)
        for (int x = 0; x <= cells.width(); ++x) {
            const QPointF corner(grid.left() + x * w, grid.top() + y * h);
            if (isKept(x, y) != isKept(x - 1, y)) lines << QLineF(corner, corner + QPointF(0, h));
            if (isKept(x, y) != isKept(x, y - 1)) lines << QLineF(corner, corner + QPointF(w, 0));
        }
    return lines;
}

QList<ContourLines> contoursOf(std::span<const float> weights, const QSize& cells, const std::vector<bool>& kept,
                               bool smooth, const QRectF& grid)
{
    SmoothMap fine = smooth ? smoothMap(weights, cells.width(), cells.height(), kept) : SmoothMap();
    for (std::size_t i = 0; i < fine.kept.size(); ++i)
        if (!fine.kept[i]) fine.values[i] = 0; // no line leaves a window
    QList<ContourLines> contours;
    for (const Contour& contour : kContours)
        contours.append({contour, smooth ? linesAt(fine, levelOf(fine.values, contour.share), grid)
                                         : bordersOf(massMask(weights, contour.share), cells, grid)});
    return contours;
}

std::vector<int> strongestOf(std::span<const float> weights, double share, int most)
{
    std::vector<int> order(weights.size());
    std::iota(order.begin(), order.end(), 0);
    const auto count = std::min(order.size(), std::size_t(std::max(0, most)));
    std::ranges::partial_sort(order, order.begin() + std::ptrdiff_t(count), std::ranges::greater(),
                              [&](int i) { return weights[std::size_t(i)]; });
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<int> strongest;
    double sum = 0;
    for (std::size_t i = 0; i < count && sum < share * total; ++i) {
        if (!(weights[std::size_t(order[i])] > 0)) break;
        strongest.push_back(order[i]);
        sum += double(weights[std::size_t(order[i])]);
    }
    return strongest;
}

// Bent to the left of its way, so that ways there and back do not cover each other.
QPainterPath linkCurve(const QPointF& from, const QPointF& to)
{
    constexpr double kBend = 0.18;
    const QPointF way = to - from;
    QPainterPath path(from);
    path.quadTo(from + way / 2 + kBend * QPointF(way.y(), -way.x()), to);
    return path;
}

} // namespace headlens
