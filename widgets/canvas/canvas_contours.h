// SPDX-License-Identifier: GPL-3.0-or-later
// Lines around the patches that hold 50, 80 and 95 % of the weight; of a smooth map around the areas.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintContours(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
