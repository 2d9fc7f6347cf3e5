// SPDX-License-Identifier: GPL-3.0-or-later
// Patches and lines around them over the picture, as every style needs them.
#pragma once

#include <QColor>
#include <QImage>
#include <QLineF>
#include <QList>
#include <QRectF>
#include <QSize>

#include <functional>
#include <span>
#include <vector>

class QPainter;

namespace headlens {

struct CanvasScene;

// One pixel a value [height, width]; the last are the values that count, empty: all.
using ImageOf = std::function<QImage(std::span<const float>, int, int, const std::vector<bool>&)>;

// One pixel a patch into `target`: rectangles with whole edges, or smooth.
void paintPatches(QPainter& painter, const QImage& patches, const QRectF& target, bool smooth);
// Whole pixels of a cell of a grid, without a seam to its neighbours.
QRect pixelsOf(const QRectF& grid, const QSize& cells, int column, int row);
// The map of the scene as `imageOf` draws it: a pixel a patch, or of the smooth map.
void paintMapAs(QPainter& painter, const CanvasScene& scene, const ImageOf& imageOf);
// With a dark edge, so that they stand out of every picture.
void paintLines(QPainter& painter, const QList<QLineF>& lines, const QColor& color, double width);

} // namespace headlens
