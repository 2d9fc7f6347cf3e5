// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_contours.h"

#include "core/base/colormap.h"
#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <functional>

namespace headlens {
namespace {

// From the outermost to the innermost: later lines lie on top. Each carries its share at another end of it.
struct Contour {
    double share, width; // of the weight; of the line in points
    float unit;          // in the palette
    QPointF towards;     // where its label stands
};
constexpr std::array<Contour, 3> kContours{
    {{0.95, 1.25, 0.2F, {0, 1}}, {0.80, 2, 0.6F, {1, 0}}, {0.50, 3, 1, {0, -1}}}};

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

// The end of the lines that lies farthest in a direction.
QPointF farthest(const QList<QLineF>& lines, const QPointF& towards)
{
    QPointF best = lines.first().p1();
    for (const QLineF& line : lines)
        for (const QPointF& end : {line.p1(), line.p2()})
            if (QPointF::dotProduct(end, towards) > QPointF::dotProduct(best, towards)) best = end;
    return best;
}

// Beside the line, within the map.
void paintLabel(QPainter& painter, const CanvasScene& scene, const QPointF& at, const Contour& contour,
                const QColor& color)
{
    const QString text = QStringLiteral("%1 %").arg(100 * contour.share, 0, 'f', 0);
    QRectF label({0, 0}, QSizeF(scene.metrics.horizontalAdvance(text) + 8.0, scene.metrics.height()));
    label.moveCenter(at + QPointF(contour.towards.x() * label.width(), contour.towards.y() * label.height()) * 0.6);
    const QRectF grid = scene.gridOf(*scene.map().layout).intersected(QRectF({0, 0}, scene.size));
    label.moveLeft(std::max(grid.left(), std::min(label.left(), grid.right() - label.width())));
    label.moveTop(std::max(grid.top(), std::min(label.top(), grid.bottom() - label.height())));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 190));
    painter.drawRoundedRect(label, 4, 4);
    painter.setPen(color);
    painter.drawText(label, Qt::AlignCenter, text);
}

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

void paintContours(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const TokenLayout& layout = *map.layout;
    const QRectF grid = scene.gridOf(layout);
    const std::vector<float> weights = map.counted();
    const bool smooth = scene.display->get().smooth;
    const SmoothMap fine = smooth ? smoothMap(weights, layout.gridWidth, layout.gridHeight, {}) : SmoothMap();
    const ColorTable& colors = colorTable(map.colors.toStdString());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, smooth); // borders of patches are straight
    for (const Contour& contour : kContours) {
        const QList<QLineF> lines = smooth ? linesAt(fine, levelOf(fine.values, contour.share), grid)
                                           : bordersOf(massMask(weights, contour.share), layout, grid);
        if (lines.isEmpty()) continue;
        const Rgb& c = overlayColor(colors, contour.unit);
        paintLines(painter, lines, QColor(c.r, c.g, c.b), contour.width);
        paintLabel(painter, scene, farthest(lines, contour.towards), contour, QColor(c.r, c.g, c.b));
    }
    painter.restore();
}

} // namespace headlens
