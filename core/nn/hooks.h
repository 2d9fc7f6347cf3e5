// SPDX-License-Identifier: GPL-3.0-or-later
// Hooks into a pass: activations that are read or replaced where they arise, and edges that are cut. Attribution and
// interventions are written with them; a model without hooks pays nothing.
#pragma once

#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace headlens {

// Where activations pass by; of a block numbered in execution order.
enum class HookPoint : std::uint8_t {
    WordEmbedding,   // [B,T,D] rows of the table, before places and segments are added; block -1
    ResidualBefore,  // [B,N,D] what enters a block: hidden_states.{l}
    FirstNorm,       // [B,N,D] of the norm at the attention; with norms behind (BERT) after the residual is added
    HeadOutputs,     // [B,N,H*d] the heads side by side, before the output projection
    AttentionOutput, // [B,N,D] what attention adds to the residual
    SecondNorm,      // [B,N,D] of the norm at the MLP
    MlpOutput,       // [B,N,D] what the MLP adds to the residual
    ResidualAfter,   // [B,N,D] what leaves the block, before any merging
};

struct Hooks {
    // Whether `activation` is called there; undefined: everywhere. Where nobody looks, models keep their fused kernels.
    std::function<bool(HookPoint point, int block)> looks = {};
    // What the pass goes on with in place of `x`; undefined functions change nothing. In windowed blocks HeadOutputs
    // and what precedes it are those of windows [B*windows,n,D].
    std::function<at::Tensor(HookPoint point, int block, const at::Tensor& x)> activation = {};
    // Before the scores of a block are computed: may add to its bias or mask, or set `edges`.
    std::function<void(int block, AttentionRecord& record)> scores = {};
};

// First those of `first`, then those of `then`; both outlive the result. Either may be null.
Hooks combined(const Hooks* first, const Hooks* then);

} // namespace headlens
