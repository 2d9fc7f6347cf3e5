// SPDX-License-Identifier: GPL-3.0-or-later
// Patches that the model, or the block that is looked at, does not see.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintHidden(QPainter& painter, const CanvasScene& scene);   // what a masked autoencoder did not see
void paintPassedBy(QPainter& painter, const CanvasScene& scene); // patches that the looked-at block does not process
// What the brush went over: hidden patches crossed, covered ones dotted.
void paintBrushed(QPainter& painter, const CanvasScene& scene);
void paintTaken(QPainter& painter, const CanvasScene& scene); // the border of those that the block does process

} // namespace headlens
