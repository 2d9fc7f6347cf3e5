// SPDX-License-Identifier: GPL-3.0-or-later
// The picture where the weight is; everything else is dimmed.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintSpotlight(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
