// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens a score rests on: attention weighted by its gradient and carried through the layers (Chefer, Gur and
// Wolf 2021, "Generic Attention-model Explainability"; spec/methods.md 4.8).
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace headlens {

// maps: the attention [1,H,N,N] of consecutive self-attention blocks as nodes of the graph that `score` (a scalar) came
// from; the last may be [1,H,1,N], a pooling query. Answers R [N,N] (or [1,N]): row i says how much every token
// contributes to token i. Layers before `from` are left out (the authors' code for CLIP uses the last one only). The
// graph is kept.
at::Tensor relevance(const std::vector<at::Tensor>& maps, const at::Tensor& score, std::size_t from = 0);

// relu(A * dscore/dA), averaged over the heads: [Nq,Nk].
at::Tensor weightedMap(const at::Tensor& map, const at::Tensor& gradient);

} // namespace headlens
