// SPDX-License-Identifier: GPL-3.0-or-later
// What a method makes of the map of every block and its gradient. All blocks at once where their graph fits into
// memory; else one block after the other, from the last to the first, out of the features that the run kept: the
// gradient that enters a block is the one that leaves the block behind it (checkpointing; Chen and others 2016, arXiv
// 1604.06174).
#pragma once

#include "core/attribution/scored_model.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct MapReduction {
    // `map` [1,H,Nq,Nk] has no graph; `gradient` is undefined where the score does not depend on the map.
    std::function<at::Tensor(const at::Tensor& map, const at::Tensor& gradient)> of;
    std::int64_t bytes; // that it takes for a moment, of every weight of the map
};

struct ReducedMaps {
    Trace trace;                // of all blocks, with the features that the score was read from as nodes of the graph
    at::Tensor score;           // [1], likewise
    std::vector<at::Tensor> of; // by block of the trace
    std::string remark;         // in English, where it went block by block
};

// Throws Error(NotEnoughMemory) where neither fits into `bytes`, and as ScoredModel::pass().
ReducedMaps reducedMaps(const ScoredModel& model, const MapReduction& reduction, std::uint64_t bytes);
// Into the memory that is free now.
ReducedMaps reducedMaps(const ScoredModel& model, const MapReduction& reduction);

// Of either way, whichever would be taken.
MethodCost costOfReducedMaps(const Run& run, const verbs::MapQuestion& asked);

} // namespace headlens
