// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on the picture of the canvas and around it: lines between patches, the query, special tokens, the scale
// with its words, where the seen part lies.
#pragma once

class QPainter;

namespace headlens {

struct CanvasLegend;
struct CanvasScene;

void paintGridLines(QPainter& painter, const CanvasScene& scene);
void paintWindows(QPainter& painter, const CanvasScene& scene); // of a block with windowed attention
void paintMarks(QPainter& painter, const CanvasScene& scene);   // the query, and the token that is pointed at
void paintChips(QPainter& painter, const CanvasScene& scene);   // special tokens
void paintColorBar(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend);
void paintHeadNames(QPainter& painter, const CanvasScene& scene); // of heads that lie over each other
// Where the seen part lies in the original, and what of it the zoomed view shows: a small picture in the corner.
void paintInset(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend);

} // namespace headlens
