// SPDX-License-Identifier: GPL-3.0-or-later
// The map beside the picture, as papers print it.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintSideBySide(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
