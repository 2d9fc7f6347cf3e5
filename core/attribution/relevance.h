// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens a score rests on: attention weighted by its gradient and carried through the layers (Chefer, Gur and
// Wolf 2021, "Generic Attention-model Explainability"). For one stream, for a decoder that reads
// another one, and for two towers that meet in a score.
#pragma once

#include "core/trace/trace.h"

#include <vector>

namespace headlens {

struct GenericRules {
    // The first block of every tower that is carried, counted from the end below 0.
    int start = 0, textStart = 0;
    // Which rows of a stream count.
    enum class Rows : std::uint8_t {
        AsRead,   // by the norm of the score's gradient at the last features (ours)
        Class,    // that of the class token, where the score reads one (the paper)
        Specials, // the mean of the special tokens that the score reads: class and distillation
    } rows = Rows::AsRead;
};

// Of one stream; undefined where the score reads nothing of it.
struct StreamRelevance {
    at::Tensor relevance; // [n]: how much each of its tokens contributes, without what it contributes to itself
    at::Tensor shares;    // [n], sum 1: which rows were read; undefined where another stream speaks for it
};

// `weighted` [1,Nq,Nk] are weightedMap() of the trace's blocks, in their order; `trace` with hidden states and `score`
// [1] come from one pass with gradients. One entry a stream. The graph is kept.
std::vector<StreamRelevance> relevance(const Trace& trace, const std::vector<at::Tensor>& weighted,
                                       const at::Tensor& score, const GenericRules& rules = {});

// relu(A * dscore/dA), averaged over the heads: [B,Nq,Nk]; undefined where there is no gradient.
at::Tensor weightedMap(const at::Tensor& map, const at::Tensor& gradient);
inline constexpr std::int64_t kWeightedBytes = 8; // that it takes for a moment, of every weight

} // namespace headlens
