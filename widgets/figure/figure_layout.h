// SPDX-License-Identifier: GPL-3.0-or-later
// A figure laid out on its sheet: where every panel, word and bar stands, in points from the upper left corner. Painted
// by figure_paint.h.
#pragma once

#include "widgets/figure/figure_heat.h"

namespace headlens {

// Which panel stands where. One row of many panels is broken into several, whose panels are named one by one.
struct FigureGrid {
    int rows = 0, columns = 0;
    int count = 0; // panels in all
    bool broken = false;
    int indexAt(int row, int column) const // -1: none
    {
        const int index = row * columns + column;
        return index < count ? index : -1;
    }
};
FigureGrid gridOf(const FigureData& data);

struct FigureText {
    enum class Part { Letter, Heading, Name, Tick, BarLabel, Caption, Why };
    Part part;
    QRectF rect;
    QString text;
    int flags = Qt::AlignCenter; // of QPainter::drawText
    bool turned = false;         // read from below to above
};

struct FigurePlace {
    QRectF area; // of the picture or the words
    int index = 0;
    ValueScale scale;
    QImage picture; // as sharp as is wanted; panels of the same input share it
};

struct FigureBar {
    QRectF rect;
    bool upright = true;
    ValueScale scale;
};

struct FigureLayout {
    QSizeF size;
    FigureGrid grid;
    std::vector<FigurePlace> places;
    std::vector<FigureText> texts;
    std::vector<FigureBar> bars;
};

// Photographs finer than `pictureDpi` on the sheet are made smaller: a grid of heads needs none of 2048 pixels.
FigureLayout layOut(const FigureSpec& spec, const FigureData& data, double pictureDpi);

// Per panel: the scale of the group that it belongs to.
std::vector<ValueScale> scalesOf(const FigureLook& look, const FigureData& data);

} // namespace headlens
