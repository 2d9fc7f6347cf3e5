// SPDX-License-Identifier: GPL-3.0-or-later
// Where the patches of one block lie, as the wire describes it; engine, command line and window count alike.
#pragma once

#include "core/base/picture_grid.h"
#include "core/base/window_grid.h"
#include "core/wire/verbs.h"

#include <vector>

namespace headlens {

inline bool isWindowed(const verbs::BlockGrid& grid)
{
    return grid.windowHeight > 0;
}

WindowGrid windowsOf(const verbs::BlockGrid& grid);

// Their maps, in pixels of the picture that the model sees: of the keys of a block, of a stream.
inline PictureGrid gridOf(const verbs::BlockGrid& block)
{
    return {block.gridHeight, block.gridWidth, block.cell};
}
inline PictureGrid gridOf(const verbs::Stream& stream)
{
    return {stream.gridHeight, stream.gridWidth, stream.cell};
}

// How wide a cell of a map of the block is that is `gridWidth` cells wide, in pixels of the picture the model sees: of
// its keys, else of its queries.
int cellPixels(const verbs::InputInfo& input, const verbs::BlockGrid& grid, int gridWidth);

// The window of a patch of this map; 0 without windows.
int windowOf(const verbs::BlockGrid& grid, int patch);

// Which patches can be seen from `patch` at all: its window, less the padding, those that take part, or those that are
// not hidden. Empty: all. `patch` below 0 stands for a special token, `hidden` are the hidden patches of the input.
std::vector<bool> reachablePatches(const verbs::BlockGrid& grid, int patch, const std::vector<int>& hidden);

// Whether two blocks have the same heads and tokens at the same places, so that their maps can be subtracted.
bool areAlike(const verbs::BlockGrid& a, const verbs::BlockGrid& b);

} // namespace headlens
