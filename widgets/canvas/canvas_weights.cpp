// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_weights.h"

#include "widgets/canvas/canvas_scene.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlens {

QString weightText(float value)
{
    return std::abs(value) < 1 ? QString::number(double(value), 'f', 3) : QString::number(double(value), 'g', 3);
}

void paintWeights(QPainter& painter, const CanvasScene& scene)
{
    // Of a picture that is seen whole the patches are looked at together: numbers would cover it.
    const double least = scene.view.isFitted() ? 64 : 44;
    const bool heads = scene.selection->showsRow() && scene.selection->heads()->overlaysHeads();
    if (!scene.paintsMap() || heads) return;
    const CanvasMap& map = scene.map();
    const TokenLayout& layout = *map.layout;
    const QRectF grid = scene.gridOf(layout);
    if (grid.width() < least * layout.gridWidth || grid.height() < least * layout.gridHeight) return;
    painter.save();
    QFont small = painter.font();
    small.setPointSizeF(std::max(6.5, small.pointSizeF() * 0.8));
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    const QRectF visible({0, 0}, scene.size);
    painter.setPen(Qt::white);
    for (int patch = 0; patch < layout.patches() && std::size_t(patch) < map.patches().size(); ++patch) {
        if (!map.kept.empty() && !map.kept[std::size_t(patch)]) continue;
        const QRectF rect = layout.rectOf(int(layout.prefix.size()) + patch, grid);
        if (!rect.intersects(visible)) continue;
        const QString text = weightText(map.patches()[std::size_t(patch)]);
        QRectF plate({0, 0}, QSizeF(metrics.horizontalAdvance(text) + 6, metrics.height()));
        plate.moveCenter(QPointF(rect.center().x(), rect.bottom() - 3 - plate.height() / 2));
        painter.fillRect(plate, QColor(0, 0, 0, 150)); // white on it: 5 to 1 even over a white patch
        painter.drawText(plate, Qt::AlignCenter, text);
    }
    painter.restore();
}

} // namespace headlens
