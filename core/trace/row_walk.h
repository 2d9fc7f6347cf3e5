// SPDX-License-Identifier: GPL-3.0-or-later
// The way through all rows of a block, window by window and a few at a time, for whatever is counted of heads. Private
// to core/trace.
#pragma once

#include "core/trace/block_map.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace headlens {

// Some rows of one picture, text or window.
struct RowChunk {
    const AttentionRecord& record;            // of this entry of the batch
    const std::vector<std::int64_t>& patches; // as keyPatches()
    std::int64_t entry, begin, end;           // queries [begin,end)
    at::Tensor probs;                         // [H,n,m]
    at::Tensor counted; // [H,n]: 0 for padding and for queries that have nothing to look at, else 1
};

class RowWalk {
public:
    // `map` is that of the keys. Both must outlive the walk.
    RowWalk(const AttentionRecord& record, const BlockMap& map);

    // Calls `between` before each chunk, which may throw.
    void walk(const std::function<void()>& between, const std::function<void(const RowChunk&)>& visit) const;

    const BlockMap& map() const { return m_map; } // of a line: one row of keys
    bool isLine() const { return m_isLine; }
    bool sameTokens() const { return m_sameTokens; } // queries are the keys
    bool isShare() const { return m_isShare; }       // rows are distributions
    bool hasDistance() const { return m_hasDistance; }
    // Where the first special token (or word) stands among the keys; -1: there is none.
    std::int64_t first() const { return m_first; }

private:
    std::int64_t firstKey() const;
    at::Tensor countedOf(const at::Tensor& probs, const std::vector<std::int64_t>& patches, std::int64_t begin,
                         std::int64_t end) const;

    const AttentionRecord& m_record;
    BlockMap m_map;
    bool m_isLine, m_sameTokens, m_isShare, m_hasDistance;
    std::int64_t m_first;
    at::Tensor m_real; // [N]: 0 for the padding of a text, which no query sees; undefined where there is no mask
};

// [n]: 1 for the queries [begin,end) that are patches, 0 for special tokens and padding.
at::Tensor patchesIn(const std::vector<std::int64_t>& patches, std::int64_t begin, std::int64_t end);

// The mean of numbers that come in parts, each with a weight of 1 or 0.
class RunningMean {
public:
    void add(const at::Tensor& values, const at::Tensor& counts); // [H,n] both
    at::Tensor mean(std::int64_t heads) const;                    // [H] double; nothing of nothing is nan

private:
    at::Tensor m_sum, m_count; // [H]
};

} // namespace headlens
