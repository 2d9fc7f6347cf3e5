// SPDX-License-Identifier: GPL-3.0-or-later
// One panel of a figure: the picture or the words with their numbers, as the canvas paints them. Heat stays an image of
// one pixel a patch, so that a file holds the numbers' own resolution.
#pragma once

#include "widgets/figure/figure_data.h"
#include "widgets/figure/figure_text.h"

class QPainter;

namespace headlens {

// How a panel is painted beside its numbers.
struct FigureInk {
    QColor text = Qt::black;
    QColor ground = Qt::white; // behind words; alpha 0 leaves what is there
};

// Height over width; of words -1: it depends on the font.
double aspectOf(const FigurePanel& panel, const FigureLook& look);
bool hasColors(const FigureLook& look); // its numbers can be read on a colour bar
// Of the palette, or that of numbers on both sides of 0.
QString colorsOf(const FigureLook& look, const ValueScale& scale);

// `picture`: that of the panel in the resolution that is wanted.
void paintPanel(QPainter& painter, const QRectF& area, const FigurePanel& panel, const QImage& picture,
                const FigureLook& look, const ValueScale& scale);
void paintWords(QPainter& painter, const QRectF& area, const FigurePanel& panel, const FigureType& type,
                const FigureLook& look, const ValueScale& scale, const FigureInk& ink);
// Known by this text in an image: it has one pixel a patch, whose borders stay hard.
inline constexpr const char* kPatchImage = "patches";
// A bar of the colours from low to high; upright: high is above.
void paintBar(QPainter& painter, const QRectF& bar, bool upright, const FigureLook& look, const ValueScale& scale);

} // namespace headlens
