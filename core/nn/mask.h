// SPDX-License-Identifier: GPL-3.0-or-later
// Who may look at whom, as numbers that are added to the scores: 0, or the lowest float where looking is forbidden.
// Not minus infinity, so that a row without any legal key stays finite (as transformers does).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headlens {

// `allowed` of any shape: bool, or whole numbers of which 0 forbids. float32.
at::Tensor forbidding(const at::Tensor& allowed);

// Nobody sees what comes later: [1,1,queries,from+queries], for queries from `from` on.
at::Tensor causalMask(std::int64_t from, std::int64_t queries, const at::TensorOptions& like);

// Nobody sees what stands `reach` tokens or more before it: as causalMask(), each token with itself among those it
// sees.
at::Tensor windowMask(std::int64_t from, std::int64_t queries, std::int64_t reach, const at::TensorOptions& like);

// Everybody sees what is at most `reach` tokens away, on both sides: [1,1,tokens,tokens].
at::Tensor bandMask(std::int64_t tokens, std::int64_t reach, const at::TensorOptions& like);

// Nobody sees padding: mask [B,keys] (0: padding) -> [B,1,1,keys]; undefined where there is none.
at::Tensor paddingMask(const at::Tensor& mask);

} // namespace headlens
