// SPDX-License-Identifier: GPL-3.0-or-later
// Sequences that look at nothing but themselves: the one of an encoder or of a writer, the picture and the text of a
// CLIP, what an encoder-decoder reads. Roll-out and what is built like it are defined for each of them; what looks at
// another sequence as well (cross-attention) is none.
#pragma once

#include "core/models/transformer_model.h"
#include "core/session/run.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

struct SelfTower {
    int stream = 0;                  // into Trace::streams
    std::vector<std::size_t> blocks; // of the trace, from the first to the last
    std::optional<std::size_t> pool; // the block whose learnt query gathers all tokens at the end (SigLIP)
    bool isCausal = false;           // no token looks at those behind it
};

// In the order of the streams; none that looks through windows or at some of its tokens only.
std::vector<SelfTower> selfTowers(const Run& run);
// The one of a picture, else the first. Throws Error(BadRequest) where there is none.
SelfTower mainTower(const Run& run);
// The token whose row speaks for a tower: the first (the class token), of a causal one the last, of a text that is
// compared with pictures the one whose features are compared.
std::int64_t usualRow(const Run& run, const SelfTower& tower);
// The attention of a block in the first line of the batch [H,Nq,Nk].
at::Tensor mapsOf(const Run& run, std::size_t block);
// "vision." before what is said of one of several streams; empty where there is but one.
std::string prefixOf(const Trace& trace, int stream);

// Why a model has none, and which has; empty: it has one.
std::string needsTower(const ModelFacts& model);

} // namespace headlens
