// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of roll-outs: heads fused to one map, its smallest entries left out, the token itself carried along
// (methods.md 4.2 to 4.4).
#pragma once

#include "core/base/attention_math.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <functional>

namespace headlens {

// [H,T,T] -> [T,T].
at::Tensor fusedHeads(const at::Tensor& maps, HeadFusion fusion);

enum class KeptEntry : std::uint8_t { None, First }; // the first token with itself stays, as vit-explain has it
// The floor(share T^2) smallest entries of a map [T,T] become 0.
at::Tensor withoutSmallest(const at::Tensor& map, double share, KeptEntry kept);

// Of which sum the entries of (F + I) / 2 are divided by: of their row, or, as vit-explain published it, of the row
// whose number is their column.
enum class Sums : std::uint8_t { OfRow, AsPublished };
at::Tensor mixedWithSelf(const at::Tensor& map, Sums sums); // [..,T,T], as published [T,T]

// w [T] float64 -> w M [T], M = mixedWithSelf() of the first entry of a block whose queries are its keys; a few rows at
// a time, without memory of T^2. `between` is called before each of them and may throw.
at::Tensor throughMixed(const AttentionRecord& block, const at::Tensor& w, HeadFusion fusion, Sums sums,
                        const std::function<void()>& between);

} // namespace headlens
