// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/picture_grid.h"

#include <algorithm>

namespace headlens {

int cellUnder(const PictureGrid& from, const PictureGrid& to, int index)
{
    if (from.cell == to.cell || index < 0 || from.columns < 1 || to.columns < 1 || from.cell < 1 || to.cell < 1)
        return index;
    const auto middle = [&](int place) { return place * from.cell + from.cell / 2; }; // in pixels
    const int row = std::min(middle(index / from.columns) / to.cell, to.rows - 1);
    const int column = std::min(middle(index % from.columns) / to.cell, to.columns - 1);
    return row * to.columns + column;
}

} // namespace headlens
