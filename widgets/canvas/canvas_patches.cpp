// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_patches.h"

#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>

namespace headlens {

QRect pixelsOf(const QRectF& grid, const QSize& cells, int column, int row)
{
    const double w = grid.width() / cells.width(), h = grid.height() / cells.height();
    const QPoint from = (grid.topLeft() + QPointF(column * w, row * h)).toPoint();
    const QPoint to = (grid.topLeft() + QPointF((column + 1) * w, (row + 1) * h)).toPoint();
    return {from, to - QPoint(1, 1)};
}

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
    for (int y = 0; y < patches.height(); ++y)
        for (int x = 0; x < patches.width(); ++x) {
            const QColor color = patches.pixelColor(x, y); // of a premultiplied image the colour itself
            if (color.alpha() > 0) painter.fillRect(pixelsOf(target, patches.size(), x, y), color);
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

void paintLines(QPainter& painter, const QList<QLineF>& lines, const QColor& color, double width)
{
    painter.setPen(QPen(QColor(0, 0, 0, 170), width + 2));
    painter.drawLines(lines);
    painter.setPen(QPen(color, width));
    painter.drawLines(lines);
}

} // namespace headlens
