// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on the picture of the canvas and beside it: lines between patches, the query, special tokens, names of
// heads.
#pragma once

class QPainter;

namespace headlens {

struct CanvasScene;

void paintGridLines(QPainter& painter, const CanvasScene& scene);
void paintWindows(QPainter& painter, const CanvasScene& scene);   // of a block with windowed attention
void paintMarks(QPainter& painter, const CanvasScene& scene);     // the query, and the token that is pointed at
void paintChips(QPainter& painter, const CanvasScene& scene);     // special tokens with their weights
void paintHeadNames(QPainter& painter, const CanvasScene& scene); // of heads that lie over each other

} // namespace headlens
