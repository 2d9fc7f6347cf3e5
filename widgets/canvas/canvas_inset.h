// SPDX-License-Identifier: GPL-3.0-or-later
// A small picture in the corner: where the seen part lies in the original, and what of it the zoomed view shows.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintInset(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
