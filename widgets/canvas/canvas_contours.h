// SPDX-License-Identifier: GPL-3.0-or-later
// Lines around the patches that hold 50, 80 and 95 % of the weight; of a smooth map around the areas.
#pragma once

#include "widgets/viewmodel/heat_image.h"

#include <QLineF>
#include <QList>
#include <QRectF>

class QPainter;

namespace headlens {

struct CanvasScene;

void paintContours(QPainter& painter, const CanvasScene& scene);

// The level whose area {value >= level} is the smallest that holds `share` of the sum of the values.
float levelOf(std::span<const float> values, double share);
// Where a smooth map crosses a level: marching squares between the middles of its pixels, `target` is where all of it
// lies. Beyond its edge the map is below every level, so that every line closes.
QList<QLineF> linesAt(const SmoothMap& map, float level, const QRectF& target);

} // namespace headlens
