// SPDX-License-Identifier: GPL-3.0-or-later
// The windows of a shifted-window block as arithmetic: which token sits where, before and
// after the cyclic shift. Engine and window both count with it.
#pragma once

#include <vector>

namespace headlens {

struct Cell {
    int y = 0, x = 0;
    bool operator==(const Cell&) const = default;
};

struct WindowGrid {
    int height = 0, width = 0; // tokens of the map, without padding
    int windowHeight = 0, windowWidth = 0;
    int shiftY = 0, shiftX = 0; // the map is rolled by (-shiftY,-shiftX) before it is cut
    bool padAfterRoll = false;  // timm rolls the bare map and pads then; all others pad first

    struct Place {
        int window = 0, inner = 0; // both row-major
        bool operator==(const Place&) const = default;
    };

    bool isShifted() const { return shiftY > 0 || shiftX > 0; }
    int paddedHeight() const { return (height + windowHeight - 1) / windowHeight * windowHeight; }
    int paddedWidth() const { return (width + windowWidth - 1) / windowWidth * windowWidth; }
    int rows() const { return paddedHeight() / windowHeight; }
    int columns() const { return paddedWidth() / windowWidth; }
    int windows() const { return rows() * columns(); }
    int tokensPerWindow() const { return windowHeight * windowWidth; }
    bool isReal(Cell cell) const { return cell.y < height && cell.x < width; } // false: padding

    // A cell of the map or of its padding -> its window after the shift.
    Place placeOf(Cell cell) const;
    // The way back: may lie in the padding (isReal() says).
    Cell cellOf(Place place) const;
    // Where the place lies on the rolled map.
    Cell rolledCellOf(Place place) const;
    // The region (0..8) that the shift mask gives the place: tokens of one window attend to each other only within
    // their region, because only they are neighbours in the picture. 0 without a shift.
    int regionOf(Place place) const;

    // The real cells of one window, in row-major order of the window.
    std::vector<Cell> cellsOf(int window) const;

    // A window that the shift wrapped around the border lies in up to four pieces of the map; `region` is that of its
    // first token.
    struct Piece {
        int y = 0, x = 0, height = 0, width = 0, region = 0;
    };
    std::vector<Piece> piecesOf(int window) const;

    // Whether a window begins at this row or column of the map (not of the rolled one).
    bool startsRow(int y) const;
    bool startsColumn(int x) const;
};

} // namespace headlens
