// SPDX-License-Identifier: GPL-3.0-or-later
// Which head lies where in a room, as a value without a widget: lines of cells with the numbers of their layers before
// them, under headings that fold; or one sequence by value. Cells are as large as the room allows.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <limits>
#include <vector>

namespace headlens {

inline constexpr double kSmallestCell = 18; // pixels a side; what would be smaller scrolls
inline constexpr double kCellGap = 4;       // pixels

struct RankedHead {
    HeadPlace place;
    double value = std::numeric_limits<double>::quiet_NaN(); // nan: it has none
};

// Layers of one tower and kind.
struct PlacedSection {
    struct Layer {
        int layer = 0, heads = 0;
    };
    std::vector<Layer> layers;
    bool isFolded = false;
};

// What is laid out, and how much room the texts of the current font need, in pixels.
struct HeadsToPlace {
    std::vector<PlacedSection> sections; // more than one: each with its heading
    std::vector<RankedHead> ranked;      // not empty: these in this order, with their names below, instead of sections
    double leastAspect = 1, mostAspect = 1; // width by height of a cell
    double label = 20, rangeLabel = 36;     // before a line: "11", "10–11"
    double text = 12;                       // height of a line of small text
    double name = 28, nameAndValue = 64;    // below a cell: "11.3" above its value, both beside each other
};

struct HeadLayout {
    struct Cell {
        HeadPlace place;
        QRectF rect;
        double value = std::numeric_limits<double>::quiet_NaN();
    };
    struct Heading {
        int section = 0;
        QRectF rect;
    };
    struct Label { // of a line; of a layer of several lines only the first has one
        std::vector<int> layers;
        QRectF rect;
    };
    std::vector<Cell> cells; // in the order in which they are read
    std::vector<Heading> headings;
    std::vector<Label> labels;
    std::vector<int> columnHeads; // numbers above the columns; empty where lines do not share them
    QSizeF cell;                  // of each, without the text below
    double caption = 0;           // height of the text below each cell
    bool captionIsOneLine = false;
    double height = 0; // of everything; more than the room: it scrolls

    static HeadLayout in(const QSizeF& room, const HeadsToPlace& heads);

    const Cell* cellOf(const HeadPlace& place) const; // null: it is folded away
    const Cell* cellAt(const QPointF& point) const;
    const Heading* headingAt(const QPointF& point) const;
    // The cell of another line that lies nearest; null at the end. `lines` is -1 or 1.
    const Cell* beside(const Cell& from, int lines) const;
};

} // namespace headlens
