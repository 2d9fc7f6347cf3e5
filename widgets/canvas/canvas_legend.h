// SPDX-License-Identifier: GPL-3.0-or-later
// The scale of the map and what is shown in one line.
#pragma once

class QPainter;

namespace headlens {

struct CanvasLegend;
struct CanvasScene;

void paintCaption(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend);
// Zero, half and the end of the scale; an end that the largest weight lies beyond carries an arrow and that weight.
void paintColorBar(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend);

} // namespace headlens
