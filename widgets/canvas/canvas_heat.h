// SPDX-License-Identifier: GPL-3.0-or-later
// The patches of the canvas: how much attention each gets, and what the model does not see of them.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintHidden(QPainter& painter, const CanvasScene& scene);   // what a masked autoencoder did not see
void paintPassedBy(QPainter& painter, const CanvasScene& scene); // patches that the looked-at block does not process
void paintHeat(QPainter& painter, const CanvasScene& scene);     // the chosen map
void paintTaken(QPainter& painter, const CanvasScene& scene);    // the border of those that the block does process

} // namespace headlens
