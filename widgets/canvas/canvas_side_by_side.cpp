// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_side_by_side.h"

#include "widgets/canvas/canvas_marks.h"
#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>

namespace headlens {

void paintSideBySide(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const CanvasScene other = scene.beside();
    paintMapAs(painter, other,
               [&](std::span<const float> values, int width, int height, const std::vector<bool>& kept) {
                   return heatImage(values, width, height, map.scale, map.colors, kept);
               });
    paintGridLines(painter, other);
    paintWindows(painter, other);
    paintMarks(painter, other);
}

} // namespace headlens
