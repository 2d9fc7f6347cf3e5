// SPDX-License-Identifier: GPL-3.0-or-later
// Where the tiles of the sheet lie: pictures of one size in rows, a line of words above each. Two classes of one method
// stand side by side. Plain.
#pragma once

#include <QPointF>
#include <QRectF>

#include <vector>

namespace headlens {

struct SheetLayout {
    struct Cell {
        int method = 0, side = 0; // in the order of the sheet
        QRectF heading, picture;
        QRectF whole() const { return heading.united(picture); }
    };
    std::vector<Cell> cells;
    int columns = 1; // of methods
    double height = 0;

    // `sides`: tiles of each method; `aspect`: height over width of the picture; `line`: height of the words.
    static SheetLayout of(int methods, int sides, double width, double aspect, double line);

    const Cell* cellAt(const QPointF& point) const;
    const Cell* cellOf(int method, int side = 0) const;
    // The place that a tile dropped there would take.
    int dropAt(const QPointF& point) const;
};

} // namespace headlens
