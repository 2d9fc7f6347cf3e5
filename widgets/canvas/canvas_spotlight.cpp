// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_spotlight.h"

#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"

namespace headlens {

void paintSpotlight(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const double opacity = scene.display->get().opacity;
    paintMapAs(painter, scene,
               [&](std::span<const float> values, int width, int height, const std::vector<bool>& kept) {
                   return dimmingImage(values, width, height, map.scale, opacity, kept);
               });
}

} // namespace headlens
