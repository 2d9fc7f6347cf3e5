// SPDX-License-Identifier: GPL-3.0-or-later
// Maps of attention without softmax: kernels and memories. What such a block computes never shows its map; these are
// exact all the same.
#pragma once

#include "core/trace/trace.h"

namespace headlens {

// Sums of features below this count as it: a memory into which nothing was written gives nothing back, not NaN.
inline constexpr double kLeastSum = 1e-12;

// elu(x) + 1, always above 0 (Katharopoulos et al. 2020, arXiv 2006.16236, Eq. 7).
at::Tensor kernelFeatures(const at::Tensor& x);

// Rows [B,H,end-begin,Nk] of a record whose rule is Linear: phi(q_i) phi(k_j) over its sum over the keys that i may
// see. A row that may see nothing is 0.
at::Tensor linearRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end);

// The same for Favor: phi(x) = exp(w x' - |x'|^2 / 2) for the rows w of `features`, x' = x sqrt(scale). The largest
// exponent is taken off before exp: of every query by itself, of all keys together, so that no key is weighed anew.
at::Tensor favorRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end);

// The same for Delta: how much of every value v_j the memory gives back to i. The memory was written segment by segment
// by M += phi(K)^T (V - phi(K) M / (phi(K) z)), which is linear in the values (Munkhdalai et al. 2024, arXiv
// 2404.07143, Eq. 9). Needs `segment`.
at::Tensor deltaRows(const AttentionRecord& record, std::int64_t begin, std::int64_t end);

} // namespace headlens
