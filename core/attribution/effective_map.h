// SPDX-License-Identifier: GPL-3.0-or-later
// How much every token of the first map contributes to a token of a later one, through windows and patch merging. There
// is no published definition: this one is ours, and every picture of it says so.
#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <functional>

namespace headlens {

// R <- factor (maps + I) R in one block; maps [windows,n,n]. Without `addsSelf` the maps hold what every token keeps
// of itself, and R <- factor maps R.
struct StageMixing {
    at::Tensor maps;
    double factor = 1;
    bool addsSelf = true;
};
using MixingOf = std::function<StageMixing(std::size_t block)>;

// Within a stage R <- (mean over heads of A + I)/2 R; at a merging each parent takes the mean of its real children.
// `token` of the map of block `layer`; -1: the mean of all its tokens, as the classifier takes it. The result is one
// row of R: [height,width] of the first map, sum 1 (less what padding receives). Throws Error(BadRequest) for blocks
// without windows.
// `mixingOf` mixes blocks in another way: relevance has weighted maps and halves nothing.
at::Tensor effectiveMap(const Trace& trace, int layer, std::int64_t token, const MixingOf& mixingOf = {});

// All rows of R at once [tokens of `layer`,tokens of the first map]. Throws as effectiveMap().
at::Tensor effectiveMatrix(const Trace& trace, int layer, const MixingOf& mixingOf = {});

} // namespace headlens
