// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is ever shown of a map, computed from queries and keys in chunks of queries.
#pragma once

#include "core/base/attention_math.h"
#include "core/trace/trace.h"

#include <cstdint>

namespace headlens {

// Queries computed at a time: 256 rows of 4,097 keys and 16 heads are 67 MB.
inline constexpr std::int64_t kQueryChunk = 256;

// Rows [B,H,end-begin,Nk] of the map. Throws Error(BadRequest) outside 0..Nq.
at::Tensor attentionRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end);

// What every query gives to one key: column [B,H,Nq]. Throws Error(BadRequest) outside 0..Nk.
at::Tensor attentionColumn(const AttentionRecord& record, std::int64_t key);

// The whole map [B,H,Nq,Nk]; only for the command line and tests.
at::Tensor attentionMap(const AttentionRecord& record);

struct TileArea {
    std::int64_t queryBegin = 0, queryEnd = 0, keyBegin = 0, keyEnd = 0;
    std::int64_t rows = 1, columns = 1; // at most the extent of the area
};

// The mean of the map over each cell of an even cut of `area` into rows x columns: [H,rows,columns], or
// [1,rows,columns] when `fusion` joins the heads of each entry first; first picture of the batch. Cell r covers queries
// [begin + r*n/rows, begin + (r+1)*n/rows).
at::Tensor attentionTile(const AttentionRecord& record, const TileArea& area, HeadFusion fusion = HeadFusion::Single);

} // namespace headlens
