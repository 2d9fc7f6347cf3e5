// SPDX-License-Identifier: GPL-3.0-or-later
// The map as colour over the picture, its opacity growing with the weight.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintHeat(QPainter& painter, const CanvasScene& scene);
// Several heads over each other, of one layer or of several, each in its colour.
void paintHeads(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
