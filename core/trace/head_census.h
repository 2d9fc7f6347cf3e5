// SPDX-License-Identifier: GPL-3.0-or-later
// Every number of core/base/head_patterns.h of every head of a block, and what chance would give.
#pragma once

#include "core/base/head_patterns.h"
#include "core/trace/block_map.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace headlens {

// What the tokens of a block's sequence are, beside their places in its map.
struct TokenFacts {
    std::vector<std::int64_t> words;     // by token: id of its word; -1: none that could come twice. Empty: no text
    std::int64_t cls = -1;               // in the map; -1: there is none
    std::vector<std::int64_t> registers; // in the map
};

struct HeadCensus {
    at::Tensor numbers; // [H,kHeadNumbers] double
    at::Tensor chance;  // [kHeadNumbers]: the same of uniform attention over the keys that every query may see
};

// As headMeans() counts: goes through the rows a few at a time and calls `between` before each of them, which may
// throw; never holds a whole map.
HeadCensus headCensus(const AttentionRecord& record, const BlockMap& map, const TokenFacts& facts,
                      const std::function<void()>& between);

} // namespace headlens
