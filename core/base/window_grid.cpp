// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/window_grid.h"

#include <algorithm>
#include <map>
#include <utility>

namespace headlens {
namespace {

int wrapped(int value, int length)
{
    return ((value % length) + length) % length;
}

// The three stretches of one axis: 0 up to the last window, 1 its part that stays, 2 its part that wrapped around.
int stretchOf(int rolled, int length, int window, int shift)
{
    if (shift == 0 || rolled < length - window) return 0;
    return rolled < length - shift ? 1 : 2;
}

// Rolls a coordinate; padding that timm adds after the roll stays where it is.
int roll(int value, int shift, int bare, int padded, bool padAfterRoll)
{
    if (!padAfterRoll) return wrapped(value + shift, padded);
    return value < bare ? wrapped(value + shift, bare) : value;
}

} // namespace

WindowGrid::Place WindowGrid::placeOf(Cell cell) const
{
    const int y = roll(cell.y, -shiftY, height, paddedHeight(), padAfterRoll);
    const int x = roll(cell.x, -shiftX, width, paddedWidth(), padAfterRoll);
    return {y / windowHeight * columns() + x / windowWidth, y % windowHeight * windowWidth + x % windowWidth};
}

Cell WindowGrid::rolledCellOf(Place place) const
{
    return {place.window / columns() * windowHeight + place.inner / windowWidth,
            place.window % columns() * windowWidth + place.inner % windowWidth};
}

Cell WindowGrid::cellOf(Place place) const
{
    const Cell rolled = rolledCellOf(place);
    return {roll(rolled.y, shiftY, height, paddedHeight(), padAfterRoll),
            roll(rolled.x, shiftX, width, paddedWidth(), padAfterRoll)};
}

int WindowGrid::regionOf(Place place) const
{
    const Cell rolled = rolledCellOf(place);
    return 3 * stretchOf(rolled.y, paddedHeight(), windowHeight, shiftY) +
           stretchOf(rolled.x, paddedWidth(), windowWidth, shiftX);
}

std::vector<Cell> WindowGrid::cellsOf(int window) const
{
    std::vector<Cell> cells;
    for (int inner = 0; inner < tokensPerWindow(); ++inner)
        if (const Cell cell = cellOf({window, inner}); isReal(cell)) cells.push_back(cell);
    return cells;
}

std::vector<WindowGrid::Piece> WindowGrid::piecesOf(int window) const
{
    std::map<std::pair<bool, bool>, Piece> pieces; // by what the roll wrapped around: rows, columns
    for (int inner = 0; inner < tokensPerWindow(); ++inner) {
        const Cell cell = cellOf({window, inner}), rolled = rolledCellOf({window, inner});
        if (!isReal(cell)) continue;
        const auto [known, isNew] = pieces.try_emplace({cell.y < rolled.y, cell.x < rolled.x});
        Piece& piece = known->second;
        if (isNew) piece = {cell.y, cell.x, 1, 1, regionOf({window, inner})};
        piece.height = std::max(piece.height, cell.y - piece.y + 1);
        piece.width = std::max(piece.width, cell.x - piece.x + 1);
    }
    std::vector<Piece> list;
    for (const auto& [wrapped, piece] : pieces) list.push_back(piece);
    return list;
}

bool WindowGrid::startsRow(int y) const
{
    return y > 0 && y < height &&
           (placeOf({y, 0}).window != placeOf({y - 1, 0}).window ||
            regionOf(placeOf({y, 0})) != regionOf(placeOf({y - 1, 0})));
}

bool WindowGrid::startsColumn(int x) const
{
    return x > 0 && x < width &&
           (placeOf({0, x}).window != placeOf({0, x - 1}).window ||
            regionOf(placeOf({0, x})) != regionOf(placeOf({0, x - 1})));
}

} // namespace headlens
