// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/block_grid.h"

#include <algorithm>
#include <array>

namespace headlens {

WindowGrid windowsOf(const verbs::BlockGrid& grid)
{
    return {grid.gridHeight, grid.gridWidth, grid.windowHeight, grid.windowWidth,
            grid.shiftY,     grid.shiftX,    grid.padAfterRoll};
}

int cellPixels(const verbs::InputInfo& input, const verbs::BlockGrid& grid, int gridWidth)
{
    if (gridWidth == grid.gridWidth || std::size_t(grid.queryStream) >= input.streams.size()) return grid.cell;
    return input.streams[std::size_t(grid.queryStream)].cell;
}

int windowOf(const verbs::BlockGrid& grid, int patch)
{
    if (!isWindowed(grid) || patch < 0 || grid.gridWidth < 1) return 0;
    return windowsOf(grid).placeOf({patch / grid.gridWidth, patch % grid.gridWidth}).window;
}

std::vector<bool> reachablePatches(const verbs::BlockGrid& grid, int patch, const std::vector<int>& hidden)
{
    const auto patches = std::size_t(grid.gridHeight) * std::size_t(grid.gridWidth);
    if (isWindowed(grid)) {
        std::vector<bool> inside(patches, false);
        for (const Cell cell : windowsOf(grid).cellsOf(windowOf(grid, std::max(0, patch))))
            inside[std::size_t(cell.y) * std::size_t(grid.gridWidth) + std::size_t(cell.x)] = true;
        return inside;
    }
    if (!grid.taking.empty()) {
        std::vector<bool> takes(patches, false);
        const std::size_t special = grid.router.size() - std::min(grid.router.size(), patches);
        for (const int token : grid.taking)
            if (token >= 0 && std::size_t(token) >= special && std::size_t(token) - special < patches)
                takes[std::size_t(token) - special] = true;
        return takes;
    }
    if (!grid.hidesPatches) return {};
    std::vector<bool> seen(patches, true);
    for (const int gone : hidden)
        if (gone >= 0 && std::size_t(gone) < patches) seen[std::size_t(gone)] = false;
    return seen;
}

bool areAlike(const verbs::BlockGrid& a, const verbs::BlockGrid& b)
{
    const auto shapeOf = [](const verbs::BlockGrid& grid) {
        return std::array{grid.queries,
                          grid.keys,
                          grid.heads,
                          grid.gridHeight,
                          grid.gridWidth,
                          grid.windowHeight,
                          grid.windowWidth,
                          grid.shiftY,
                          grid.shiftX,
                          grid.cell,
                          grid.queryStream,
                          grid.keyStream,
                          int(grid.hidesPatches),
                          int(grid.padAfterRoll)};
    };
    return a.kind == b.kind && a.tower == b.tower && shapeOf(a) == shapeOf(b);
}

} // namespace headlens
