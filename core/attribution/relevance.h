// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens a score rests on: attention weighted by its gradient and carried through the layers (Chefer, Gur and
// Wolf 2021, "Generic Attention-model Explainability"). For one stream, for a decoder that reads
// another one, and for two towers that meet in a score.
#pragma once

#include "core/trace/trace.h"

#include <vector>

namespace headlens {

// `trace` with hidden states and `maps` [1,H,Nq,Nk] (those of its blocks, in their order) come from one pass with
// gradients, `score` (a scalar) from its result. Answers for every stream how much each of its tokens contributes [n];
// what a token contributes to itself without attention is left out. The rows of a stream count as far as the score
// reads them: by the norm of its gradient at the last features, which is 1 for the class token where only that one is
// read (ours; the paper names the row). `lastOnly`: of each tower the last layer alone (the authors' default for CLIP).
// The graph is kept.
std::vector<at::Tensor> relevance(const Trace& trace, const std::vector<at::Tensor>& maps, const at::Tensor& score,
                                  bool lastOnly = false);

// relu(A * dscore/dA), averaged over the heads: [Nq,Nk].
at::Tensor weightedMap(const at::Tensor& map, const at::Tensor& gradient);

} // namespace headlens
