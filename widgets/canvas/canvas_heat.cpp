// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_heat.h"

#include "widgets/canvas/canvas_caption.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/method_map.h"

#include <QPainter>

namespace headlens {
namespace {

// One rectangle a patch: much faster than scaling a tiny picture, and exactly as wide as the patch.
void paintOverlay(QPainter& painter, const QImage& patches, const QRectF& target, bool smooth)
{
    if (smooth) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, patches);
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

// The border of the patches that are kept; `grid` in widget points.
void paintContour(QPainter& painter, const std::vector<bool>& kept, const TokenLayout& layout, const QRectF& grid,
                  const QColor& color)
{
    const double w = grid.width() / layout.gridWidth, h = grid.height() / layout.gridHeight;
    const auto isKept = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < layout.gridWidth && y < layout.gridHeight &&
               kept[std::size_t(y) * std::size_t(layout.gridWidth) + std::size_t(x)];
    };
    if (kept.empty()) return;
    QList<QLineF> lines;
    for (int y = 0; y <= layout.gridHeight; ++y)
        for (int x = 0; x <= layout.gridWidth; ++x) {
            const QPointF corner(grid.left() + x * w, grid.top() + y * h);
            if (isKept(x, y) != isKept(x - 1, y)) lines << QLineF(corner, corner + QPointF(0, h));
            if (isKept(x, y) != isKept(x, y - 1)) lines << QLineF(corner, corner + QPointF(w, 0));
        }
    painter.setPen(QPen(color, 2));
    painter.drawLines(lines);
}

// One number per token, by the chosen method.
void paintTokenMap(QPainter& painter, const CanvasScene& scene)
{
    const verbs::TokenMap& found = scene.model->map()->shown();
    const FloatArray& map = found.map;
    const TokenLayout& layout = scene.model->map()->layout();
    if (map.empty() || map.rows() != layout.gridHeight || map.columns() != layout.gridWidth) return;
    Display display = scene.display->get();
    display.difference = found.of.difference;
    paintOverlay(
        painter,
        overlayImage(map.values, map.columns(), map.rows(), shownScale(scene), display.colors(), display.opacity),
        scene.gridOf(layout), display.smooth);
}

// Several heads over each other, of one layer or of several, each in its colour.
void paintHeads(QPainter& painter, const CanvasScene& scene)
{
    const Display& display = scene.display->get();
    const LiveRows& rows = *scene.model->rows();
    painter.fillRect(scene.gridOf(rows.imageLayout()),
                     QColor(0, 0, 0, int(110 * display.opacity))); // colours need a dark ground
    for (int i = 0; i < scene.selection->heads()->overlaid().size(); ++i) {
        const HeadPlace place = scene.selection->heads()->overlaid()[i];
        const TokenLayout& layout = rows.layoutOf(place.layer);
        const FloatArray& heads = rows.layers()[std::size_t(place.layer)];
        if (!layout.isPicture() || place.head >= heads.rows()) continue; // reads words, or knows nothing of the token
        const auto row = heads.part(place.head);
        const auto patches = row.subspan(std::size_t(layout.prefix.size()));
        const ValueScale scale = scaleFor(display, rows.layers(), place.layer, row, int(layout.prefix.size()));
        std::vector<bool> kept = rows.reachable(place.layer);
        if (display.maskByMass) kept = bothOf(kept, massMask(patches, display.keepMass));
        const QRectF grid = scene.gridOf(layout);
        paintOverlay(
            painter,
            tintImage(patches, layout.gridWidth, layout.gridHeight, scale, headQColor(i), display.opacity, kept), grid,
            display.smooth);
        if (display.maskByMass) paintContour(painter, kept, layout, grid, headQColor(i));
    }
}

void paintRow(QPainter& painter, const CanvasScene& scene, const Display& display)
{
    const LiveRows& rows = *scene.model->rows();
    const int layer = scene.selection->heads()->layer();
    const TokenLayout& layout = rows.imageLayout();
    const std::vector<float> row = rows.current();
    const auto patches = std::span(row).subspan(std::size_t(layout.prefix.size()));
    const ValueScale scale = scaleFor(display, rows.layers(), layer, row, int(layout.prefix.size()));
    std::vector<bool> kept = rows.reachable(layer);
    if (display.maskByMass) kept = bothOf(kept, massMask(patches, display.keepMass));
    const QRectF grid = scene.gridOf(layout);
    paintOverlay(
        painter,
        overlayImage(patches, layout.gridWidth, layout.gridHeight, scale, display.colors(), display.opacity, kept),
        grid, display.smooth);
    if (display.maskByMass) paintContour(painter, kept, layout, grid, Qt::white);
}

} // namespace

void paintHidden(QPainter& painter, const CanvasScene& scene)
{
    if (scene.display->get().ground != Ground::Seen) return;
    const TokenLayout& layout = scene.model->run().layout;
    const QRectF grid = scene.gridOf(layout);
    for (const int patch : scene.model->input().hiddenPatches) {
        const QRectF rect = layout.rectOf(int(layout.prefix.size()) + patch, grid);
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

void paintTaken(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout& layout = scene.model->rows()->imageLayout();
    if (layout.block.taking.empty()) return;
    paintContour(painter, layout.reachable(0, {}), layout, scene.gridOf(layout), QColor(255, 200, 60));
}

void paintHeat(QPainter& painter, const CanvasScene& scene)
{
    if (!scene.selection->showsRow()) return paintTokenMap(painter, scene);
    // Colours that mean something must not be mixed with others, unless somebody asks for both.
    if (scene.display->get().ground == Ground::Components && !scene.selection->tokens()->isPinned()) return;
    if (!scene.lookedAtPicture()) return; // the layer reads words, or knows nothing of the chosen token
    const Display display = displayFor(*scene.model, *scene.display);
    if (scene.selection->heads()->overlaysHeads() && !display.difference) return paintHeads(painter, scene);
    paintRow(painter, scene, display);
}

} // namespace headlens
