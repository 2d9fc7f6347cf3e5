// SPDX-License-Identifier: GPL-3.0-or-later
// A map as lines: contours around what holds most of its weight, curves from the query to the strongest tokens. Shared
// by canvas and figures.
#pragma once

#include "widgets/viewmodel/heat_image.h"

#include <QLineF>
#include <QList>
#include <QPainterPath>
#include <QRectF>
#include <QSize>

#include <array>
#include <span>
#include <vector>

namespace headlens {

// From the outermost to the innermost: later lines lie on top.
struct Contour {
    double share, width; // of the weight; of the line in points of the window
    float unit;          // where in the palette its colour is
};
constexpr std::array<Contour, 3> kContours{{{0.95, 1.25, 0.2F}, {0.80, 2, 0.6F}, {0.50, 3, 1}}};

// The level whose area {value >= level} is the smallest that holds `share` of the sum of the values.
float levelOf(std::span<const float> values, double share);
// Where a smooth map crosses a level: marching squares between the middles of its pixels, `target` is where all of it
// lies. Beyond its edge the map is below every level, so that every line closes.
QList<QLineF> linesAt(const SmoothMap& map, float level, const QRectF& target);
// The border of the patches that are kept; `grid` is where the `cells` lie.
QList<QLineF> bordersOf(const std::vector<bool>& kept, const QSize& cells, const QRectF& grid);
struct ContourLines {
    Contour contour;
    QList<QLineF> lines;
};
// The contours of weights [height * width] that lie on `grid`: borders of patches, or of the smooth map, which has
// none outside `kept` (empty: everything is kept).
QList<ContourLines> contoursOf(std::span<const float> weights, const QSize& cells, const std::vector<bool>& kept,
                               bool smooth, const QRectF& grid);

// The strongest entries, until they hold `share` of the sum, `most` of them at most; the strongest first.
std::vector<int> strongestOf(std::span<const float> weights, double share, int most);
// What links show of a row.
constexpr double kLinkedShare = 0.8;
constexpr int kMostLinks = 64;
// Bent to the left of its way, so that ways there and back do not cover each other.
QPainterPath linkCurve(const QPointF& from, const QPointF& to);

} // namespace headlens
