// SPDX-License-Identifier: GPL-3.0-or-later
// A map of square cells over the picture that a model sees: its patches, the cells of a later stage, or coarse keys.
#pragma once

namespace headlens {

struct PictureGrid {
    int rows = 0, columns = 0;
    int cell = 0; // pixels a side; the first cell begins in the top left corner
    bool operator==(const PictureGrid&) const = default;
};

// A picture whose patches stand as tokens among the words of a text, row by row, from token `begin` on.
struct PictureSpan {
    int begin = 0, rows = 0, columns = 0;
    int end() const { return begin + rows * columns; }
    bool operator==(const PictureSpan&) const = default;
};

// The cell of `to` under the middle of cell `index` (row-major) of `from`: of a coarser map the one that covers it, of
// a finer one the one in its middle. `index` itself between maps of the same cells, below 0 and where a size is not
// known.
int cellUnder(const PictureGrid& from, const PictureGrid& to, int index);

} // namespace headlens
