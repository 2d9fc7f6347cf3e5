// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_contours.h"

#include "core/base/colormap.h"
#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/map_lines.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

// Each contour carries its share at another end of it.
constexpr std::array<QPointF, kContours.size()> kLabelAt{{{0, 1}, {1, 0}, {0, -1}}};

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
void paintLabel(QPainter& painter, const CanvasScene& scene, const QPointF& at, const QPointF& towards, double share)
{
    const QString text = QStringLiteral("%1 %").arg(100 * share, 0, 'f', 0);
    QRectF label({0, 0}, QSizeF(scene.metrics.horizontalAdvance(text) + 8.0, scene.metrics.height()));
    label.moveCenter(at + QPointF(towards.x() * label.width(), towards.y() * label.height()) * 0.6);
    const QRectF grid = scene.gridOf(*scene.map().layout).intersected(QRectF({0, 0}, scene.size));
    label.moveLeft(std::max(grid.left(), std::min(label.left(), grid.right() - label.width())));
    label.moveTop(std::max(grid.top(), std::min(label.top(), grid.bottom() - label.height())));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 190));
    painter.drawRoundedRect(label, 4, 4);
    painter.setPen(Qt::white);
    painter.drawText(label, Qt::AlignCenter, text);
}

} // namespace

void paintContours(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const TokenLayout& layout = *map.layout;
    const bool smooth = scene.display->get().smooth;
    const QList<ContourLines> contours =
        contoursOf(map.counted(), {layout.gridWidth, layout.gridHeight}, map.kept, smooth, scene.gridOf(layout));
    const ColorTable& colors = colorTable(map.colors.toStdString());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, smooth); // borders of patches are straight
    for (std::size_t i = 0; i < kContours.size(); ++i) {
        const auto& [contour, lines] = contours[qsizetype(i)];
        if (lines.isEmpty()) continue;
        const Rgb& c = overlayColor(colors, contour.unit);
        paintLines(painter, lines, QColor(c.r, c.g, c.b), contour.width);
        paintLabel(painter, scene, farthest(lines, kLabelAt[i]), kLabelAt[i], contour.share);
    }
    painter.restore();
}

} // namespace headlens
