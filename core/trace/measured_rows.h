// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of one number a query: what token maps and statistics of heads have in common. Private to core/trace.
#pragma once

#include "core/trace/block_map.h"

#include <cstdint>
#include <vector>

namespace headlens {

// For every token of one window the patch it shows, or `none` for padding.
std::vector<std::int64_t> patchesOf(const WindowGrid& grid, int window, std::int64_t none);

// The patch (row-major, -1 for special tokens and padding) behind every key of a record or of one of its windows.
std::vector<std::int64_t> keyPatches(const AttentionRecord& record, const BlockMap& map, std::int64_t window);

// probs [...,n,m]: the rows of n queries from `begin` on of one window (or of everything) -> the number of each query
// [...,n]; of Received: of each key [...,m]. `patches` as keyPatches(), in a grid of `width` columns; only Distance
// reads them, and its queries are then the keys.
at::Tensor measuredRows(const at::Tensor& probs, Overview what, const std::vector<std::int64_t>& patches,
                        std::int64_t begin, int width);

} // namespace headlens
