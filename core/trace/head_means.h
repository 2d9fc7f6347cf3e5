// SPDX-License-Identifier: GPL-3.0-or-later
// What a head does on the whole, in four numbers.
#pragma once

#include "core/trace/block_map.h"

#include <functional>

namespace headlens {

// [H] each: means over the queries of the first picture or text. Padding of windows and of texts and queries that have
// nothing to look at do not count. nan where there is no such number: distances between different sequences, a first
// token of a map that begins with a patch, the query's own token among foreign keys, whatever needs a distribution of a
// rule whose weights may be negative.
struct HeadMeans {
    at::Tensor entropy;    // nats
    at::Tensor distance;   // patches of the block, as Overview::Distance; of a text tokens
    at::Tensor firstToken; // share that the class token, or the first token of a text, gets
    at::Tensor itself;     // share that the query's own token gets
};

// `map` is that of the keys. Goes through the rows a few at a time and calls `between` before each of them, which may
// throw; never holds a whole map.
HeadMeans headMeans(const AttentionRecord& record, const BlockMap& map, const std::function<void()>& between);

} // namespace headlens
