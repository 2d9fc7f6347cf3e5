// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_hidden.h"

#include "core/wire/changes.h"
#include "widgets/canvas/canvas_brush.h"
#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/map_lines.h"

#include <QPainter>

#include <string>

namespace headlens {

void paintHidden(QPainter& painter, const CanvasScene& scene)
{
    const Ground ground = scene.display->get().ground;
    if (ground != Ground::Seen && ground != Ground::Original) return;
    const TokenLayout& layout = scene.model->run().layout;
    const QRectF grid = scene.gridOf(layout);
    if (layout.gridWidth < 1) return;
    for (const int patch : scene.model->input().hiddenPatches) {
        const QSize cells(layout.gridWidth, layout.gridHeight);
        const QRect rect = pixelsOf(grid, cells, patch % cells.width(), patch / cells.width());
        painter.fillRect(rect, QColor(60, 60, 60));
        painter.fillRect(rect, QBrush(QColor(120, 120, 120), Qt::DiagCrossPattern));
    }
}

// Of Mixture-of-Depths: dimmed, and hatched beside that.
void paintPassedBy(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout& layout = scene.model->rows()->imageLayout();
    if (layout.block.taking.empty()) return;
    const QRectF grid = scene.gridOf(layout);
    const std::vector<bool> taken = layout.reachable(0, {});
    for (int patch = 0; patch < int(taken.size()); ++patch) {
        if (taken[std::size_t(patch)]) continue;
        const QRectF rect = layout.rectOf(int(layout.prefix.size()) + patch, grid);
        painter.fillRect(rect, QColor(40, 40, 40, 150));
        painter.fillRect(rect, QBrush(QColor(200, 200, 200, 130), Qt::BDiagPattern));
    }
}

void paintBrushed(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout* picture = scene.model->run().pictureOf();
    if (picture == nullptr) return;
    const QRectF grid = scene.gridOf(*picture);
    const QSize cells(picture->gridWidth, picture->gridHeight);
    for (const std::string& kind : brushedKinds()) {
        const bool isHidden = !changeKind(kind)->isOfPixels;
        for (const int patch : paintedPatches(*scene.model, kind)) {
            if (patch >= cells.width() * cells.height()) continue; // of another grid, until its run is there
            const QRect rect = pixelsOf(grid, cells, patch % cells.width(), patch / cells.width());
            painter.fillRect(rect, QColor(40, 40, 40, isHidden ? 150 : 90));
            painter.fillRect(rect,
                             QBrush(QColor(255, 255, 255, 150), isHidden ? Qt::DiagCrossPattern : Qt::Dense6Pattern));
        }
    }
}

void paintTaken(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout& layout = scene.model->rows()->imageLayout();
    if (layout.block.taking.empty()) return;
    painter.setPen(QPen(QColor(255, 200, 60), 2));
    painter.drawLines(bordersOf(layout.reachable(0, {}), {layout.gridWidth, layout.gridHeight}, scene.gridOf(layout)));
}

} // namespace headlens
