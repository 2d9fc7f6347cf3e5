// SPDX-License-Identifier: GPL-3.0-or-later
// One layer of a stack: attention to its own tokens, to others where it has that, and an MLP or experts.
#pragma once

#include "core/models/skeletons/stack_config.h"
#include "core/nn/attention.h"
#include "core/nn/experts.h"
#include "core/nn/mlp.h"
#include "core/nn/rotary.h"
#include "core/nn/weights.h"

#include <functional>
#include <vector>

namespace headlens {

// Keys and values of what was written so far, by layer.
struct StackCache {
    std::vector<KeyCache> self, cross;
    std::int64_t length = 0;
    void reorder(const at::Tensor& rows);
};

// What one pass over a stack is told.
struct StackPass : Pass {
    using Pass::Pass;
    at::Tensor mask = {}; // [B,T] int64: 0 for padding; undefined: all are real
    // [1 or B,T] int64: tokens of one number above 0 see each other whatever their order; undefined: none do. Of the
    // first tokens of a text only, never of what continues a cache.
    at::Tensor together = {};
    at::Tensor axes = {}; // [3,B,T] int64: where the tokens stand (StackConfig::rotary.sections); undefined: in a line
    at::Tensor memory = {};     // [B,M,crossWidth]: what cross attention reads; undefined: it is left out
    at::Tensor memoryMask = {}; // [B,M]
    int memoryStream = 0;
    StackCache* cache = nullptr; // x continues what it holds
    // Changes what enters a layer, and may leave records of its own, `extraBlocks` before those of each (the gated
    // cross attention of Flamingo). `block`: the number of the first of them; empty: there are none.
    std::function<at::Tensor(int layer, int block, const at::Tensor& x)> before = {};
    std::vector<int> extraBlocks = {};
    at::Tensor bias = {};   // [B,H,T,T]: added to the scores of self-attention in every layer
    bool positioned = true; // false: rotary positions are left out
};

// What one layer of one pass is told beside its tokens; all of it outlives the call.
struct LayerCall {
    const StackPass& pass;
    std::size_t layer;     // of the stack
    int block;             // its first attention block among all of the model
    at::Tensor mask, bias; // of its scores, undefined without
    const RotaryTable& places;
    at::Tensor memoryMask;
};

struct StackLayer {
    LayerNorm selfNorm, crossNorm, mlpNorm;
    LayerNorm selfOutputNorm, mlpOutputNorm; // of what is added (StackConfig::normsOutput)
    Attention self, cross;
    Mlp mlp;
    Experts experts;
    at::Tensor biasTable; // [buckets,H] where the layer has its own

    void settle(const StackConfig& config); // eps and kind of the norms
    void visit(const Weights& weights, const StackConfig& config, std::size_t layer);
    void pack(Precision precision);
    // x [B,T,D] -> [B,T,D].
    at::Tensor operator()(const at::Tensor& x, const StackConfig& config, const LayerCall& call) const;

private:
    at::Tensor withSelf(const at::Tensor& x, const StackConfig& config, const LayerCall& call) const;
    at::Tensor withCross(const at::Tensor& x, const StackConfig& config, const LayerCall& call) const;
    // residual + MLP(read): the same tokens, but in parallel layers.
    at::Tensor withMlp(const at::Tensor& residual, const at::Tensor& read, const StackConfig& config,
                       const LayerCall& call) const;
};

} // namespace headlens
