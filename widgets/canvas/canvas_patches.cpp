// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_patches.h"

#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>

namespace headlens {

// One rectangle a patch: much faster than scaling a tiny picture, and exactly as wide as the patch.
void paintPatches(QPainter& painter, const QImage& patches, const QRectF& target, bool smooth)
{
    if (smooth) {
        painter.save();
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, patches);
        painter.restore();
        return;
    }
    const double w = target.width() / patches.width(), h = target.height() / patches.height();
    for (int y = 0; y < patches.height(); ++y)
        for (int x = 0; x < patches.width(); ++x) {
            const QColor color = patches.pixelColor(x, y); // of a premultiplied image the colour itself
            if (color.alpha() == 0) continue;
            const QPoint from = (target.topLeft() + QPointF(x * w, y * h)).toPoint();
            const QPoint to = (target.topLeft() + QPointF((x + 1) * w, (y + 1) * h)).toPoint();
            painter.fillRect(QRect(from, to - QPoint(1, 1)), color);
        }
}

void paintMapAs(QPainter& painter, const CanvasScene& scene, const ImageOf& imageOf)
{
    const CanvasMap& map = scene.map();
    const QRectF grid = scene.gridOf(*map.layout);
    const int width = map.layout->gridWidth, height = map.layout->gridHeight;
    if (!scene.display->get().smooth)
        return paintPatches(painter, imageOf(map.patches(), width, height, map.kept), grid, false);
    const SmoothMap fine = smoothMap(map.patches(), width, height, map.kept);
    paintPatches(painter, imageOf(fine.values, fine.width, fine.height, fine.kept), grid, true);
}

QList<QLineF> bordersOf(const std::vector<bool>& kept, const TokenLayout& layout, const QRectF& grid)
{
    const double w = grid.width() / layout.gridWidth, h = grid.height() / layout.gridHeight;
    const auto isKept = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < layout.gridWidth && y < layout.gridHeight &&
               kept[std::size_t(y) * std::size_t(layout.gridWidth) + std::size_t(x)];
    };
    QList<QLineF> lines;
    if (kept.empty()) return lines;
    for (int y = 0; y <= layout.gridHeight; ++y)
        for (int x = 0; x <= layout.gridWidth; ++x) {
            const QPointF corner(grid.left() + x * w, grid.top() + y * h);
            if (isKept(x, y) != isKept(x - 1, y)) lines << QLineF(corner, corner + QPointF(0, h));
            if (isKept(x, y) != isKept(x, y - 1)) lines << QLineF(corner, corner + QPointF(w, 0));
        }
    return lines;
}

void paintLines(QPainter& painter, const QList<QLineF>& lines, const QColor& color, double width)
{
    painter.setPen(QPen(QColor(0, 0, 0, 170), width + 2));
    painter.drawLines(lines);
    painter.setPen(QPen(color, width));
    painter.drawLines(lines);
}

} // namespace headlens
