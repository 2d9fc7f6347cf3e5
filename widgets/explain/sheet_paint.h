// SPDX-License-Identifier: GPL-3.0-or-later
// Paints one tile of the sheet: its words, the photograph, the map over it, or why there is none.
#pragma once

#include "widgets/explain/sheet_layout.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/sheet_tile.h"

#include <QPixmap>
#include <QString>

class QPainter;
class QWidget;

namespace headlens {

struct TileLook {
    QString title;
    QRectF grid{0, 0, 1, 1}; // where the patches lie, in shares of the picture
    bool isChosen = false;   // on the canvas
    bool isCurrent = false;  // of the keyboard
    bool isLifted = false;   // dragged
};

// `photograph` as large as the picture of the cell, in pixels of the screen.
void paintTile(QPainter& painter, const SheetLayout::Cell& cell, const SheetTile& tile, const TileLook& look,
               const QPixmap& photograph, const Display& display, const QWidget& on);

} // namespace headlens
