// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_spotlight.h"

#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>
#include <QPainterPath>

namespace headlens {

void paintSpotlight(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const double opacity = scene.display->get().opacity;
    // What the model does not see is as dark as what gets nothing, in a light window too.
    QPainterPath outside, grid;
    outside.addRect(pixelsOf(scene.view.toWidget(scene.place().picture), {1, 1}, 0, 0));
    grid.addRect(pixelsOf(scene.gridOf(*map.layout), {1, 1}, 0, 0));
    painter.fillPath(outside.subtracted(grid), QColor(0, 0, 0, int(opacity * 255)));
    paintMapAs(painter, scene,
               [&](std::span<const float> values, int width, int height, const std::vector<bool>& kept) {
                   return dimmingImage(values, width, height, map.scale, opacity, kept);
               });
}

} // namespace headlens
