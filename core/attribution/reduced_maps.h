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

// What is said of maps that were computed so, in English.
extern const char* const kBlockByBlock;

// Throws Error(NotEnoughMemory) where neither fits into `bytes`, and as ScoredModel::pass().
ReducedMaps reducedMaps(const ScoredModel& model, const MapReduction& reduction, std::uint64_t bytes);
// Into the memory that is free now.
ReducedMaps reducedMaps(const ScoredModel& model, const MapReduction& reduction);

// Of either way, whichever would be taken.
MethodCost costOfReducedMaps(const Run& run, const verbs::MapQuestion& asked);

// Whether the run kept what enters every block, so that blocks can be run one by one.
bool goesBlockByBlock(const Run& run);

// From the last block to the first, each with a graph of its own.
class BlockWalk {
public:
    explicit BlockWalk(const ScoredModel& model);

    struct Block {
        int number = 0;
        at::Tensor map;      // [1,H,Nq,Nk], without its graph
        at::Tensor gradient; // of the score, alike; undefined where the score does not depend on it
    };
    // Throws Error(Cancelled). The way back follows the rules that are on (relevance_rules.h).
    Block next();
    bool isDone() const { return m_left == 0; }
    // Of the last block's pass, with its graph; once next() was called.
    const ForwardResult& last() const { return m_last; }
    const at::Tensor& score() const { return m_score; }

private:
    const ScoredModel& m_model;
    int m_left;
    ForwardResult m_last;
    at::Tensor m_score;
    at::Tensor m_arriving; // [1,N,D] of the score by what leaves the next block
};

} // namespace headlens
