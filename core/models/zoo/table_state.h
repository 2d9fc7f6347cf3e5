// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the small table of PaLM-E: blocks, what they look like, and how their states are numbered. No torch.
#pragma once

#include <array>
#include <cstddef>

namespace headlens {

inline constexpr int kTableColours = 4, kTableSide = 4, kMostObjects = 3;

// A block on the table; `upper`: it stands on the block in the same cell.
struct TableBlock {
    int colour = 0, x = 0, y = 0;
    bool upper = false;
};
// The state words are numbered: colour, then row by row the cells, then lower and upper.
inline constexpr int kTableStates = kTableColours * kTableSide * kTableSide * 2;

constexpr TableBlock blockFromState(int number)
{
    const int cell = number / 2 % (kTableSide * kTableSide);
    return {number / (2 * kTableSide * kTableSide), cell % kTableSide, cell / kTableSide, number % 2 == 1};
}

constexpr int stateNumber(const TableBlock& block)
{
    return (block.colour * kTableSide * kTableSide + block.y * kTableSide + block.x) * 2 + (block.upper ? 1 : 0);
}

// What every colour looks like, from -1 to 1; objects are cut out of a picture by it.
inline constexpr std::array<std::array<float, 3>, kTableColours> kTablePalette{
    {{0.73F, -0.61F, -0.69F}, {-0.69F, 0.33F, -0.45F}, {-0.61F, -0.29F, 0.73F}, {0.84F, 0.61F, -0.61F}}};

} // namespace headlens
