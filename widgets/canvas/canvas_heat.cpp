// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_heat.h"

#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/map_lines.h"

#include <QPainter>

namespace headlens {

void paintHeat(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const Display& display = scene.display->get();
    paintMapAs(painter, scene,
               [&](std::span<const float> values, int width, int height, const std::vector<bool>& kept) {
                   return overlayImage(values, width, height, map.scale, map.colors, display.opacity, kept);
               });
    if (scene.selection->showsRow() && display.maskByMass && !map.isSigned)
        paintLines(painter,
                   bordersOf(map.kept, {map.layout->gridWidth, map.layout->gridHeight}, scene.gridOf(*map.layout)),
                   Qt::white, 2);
}

void paintHeads(QPainter& painter, const CanvasScene& scene)
{
    const Display& display = scene.display->get();
    const LiveRows& rows = *scene.model->rows();
    painter.fillRect(scene.gridOf(rows.imageLayout()),
                     QColor(0, 0, 0, int(110 * display.opacity))); // colours need a dark ground
    const std::vector<Sinks> beside = besidePicture(*scene.model);
    const QList<HeadPlace>& places = scene.selection->heads()->overlaid();
    for (int i = 0; i < places.size(); ++i) {
        const HeadPlace place = places[i];
        const TokenLayout* picture = scene.model->run().onPicture(place.layer, rows.of().reverse);
        const FloatArray& heads = rows.layers()[std::size_t(place.layer)];
        if (picture == nullptr || place.head >= heads.rows()) continue; // reads words, or knows nothing of the token
        const TokenLayout& layout = *picture;
        const auto row = heads.part(place.head);
        const auto patches = row.subspan(std::size_t(layout.prefix.size()), std::size_t(layout.patches()));
        const ValueScale scale = scaleFor(display, rows.layers(), place.layer, row, int(layout.prefix.size()), beside);
        std::vector<bool> kept = rows.reachable(place.layer);
        if (display.maskByMass) kept = bothOf(kept, massMask(patches, display.keepMass));
        const QRectF grid = scene.gridOf(layout);
        paintPatches(
            painter,
            tintImage(patches, layout.gridWidth, layout.gridHeight, scale, headQColor(i), display.opacity, kept), grid,
            display.smooth);
        if (display.maskByMass)
            paintLines(painter, bordersOf(kept, {layout.gridWidth, layout.gridHeight}, grid), headQColor(i), 2);
    }
}

} // namespace headlens
