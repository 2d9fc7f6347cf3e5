// SPDX-License-Identifier: GPL-3.0-or-later
// From the tokens of a block to the map a person looks at: rows stitched into place, one number per token, windows.
#pragma once

#include "core/base/attention_math.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <string_view>

namespace headlens {

// The map of the keys of one block.
struct BlockMap {
    int prefix = 0;
    PictureGrid grid = {};
    std::int64_t tokens() const { return prefix + std::int64_t(grid.rows) * grid.columns; }
    // Token of the map `first`, which has as many special tokens -> the token of this map that covers it.
    std::int64_t parentToken(std::int64_t token, const PictureGrid& first) const;
};

// `keys` is the stream of the record's keys.
BlockMap blockMapOf(const AttentionRecord& record, const TokenStream& keys);

// One picture of a batch, or one window of a windowed block.
AttentionRecord batchEntry(const AttentionRecord& record, std::int64_t entry);

// What `token` of this map attends to, or with `reverse` what every token gives to it: [H,tokens], zero outside its
// window and for tokens that take no part. First picture. Throws Error(BadRequest).
at::Tensor tokenRow(const AttentionRecord& record, const BlockMap& map, std::int64_t token, bool reverse);

enum class Overview : std::uint8_t {
    Received, // sum of the column: 1 when everybody gives everybody the same
    Entropy,  // of the row, in nats
    Distance, // mean distance of the row in patches of this map, special tokens and padding left out, renormalised
};
// "received", "entropy", "distance"; Error(BadRequest) for others.
Overview overviewFrom(std::string_view name);

// The same for tokens in a line: one number for every key (Received) or query, distances counted in tokens. First line
// of the batch. Throws Error(BadRequest) for distances between different sequences.
at::Tensor overviewOf(const AttentionRecord& record, Overview what, HeadFusion fusion, int head);

// One number for every patch of the map [gh*gw], of one head or the fused heads. First picture.
at::Tensor overviewOf(const AttentionRecord& record, const BlockMap& map, Overview what, HeadFusion fusion, int head);

} // namespace headlens
