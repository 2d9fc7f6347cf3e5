// SPDX-License-Identifier: GPL-3.0-or-later
// What one pass through a model is told, and the only door to what it leaves behind: records, hidden states, maps for
// gradients, hooks, progress and cancelling.
#pragma once

#include "core/base/job_control.h"
#include "core/nn/hooks.h"
#include "core/tensors/layers.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headlens {

// Where a pass begins instead of the embedding: with what enters a block [B,N,D]. Of models with one tower.
struct Resume {
    int block = 0;
    at::Tensor hidden = {}; // undefined: from the beginning
};

// What every part of a model hands on to its blocks.
struct PassOptions {
    Keep keep = {};                          // less where memory is short
    std::vector<HeadAddress> ablated = {};   // ablated heads, counted through all towers
    std::vector<at::Tensor>* maps = nullptr; // gets every map [B,H,Nq,Nk] as a node of the graph, as the trace's blocks
    const Hooks* hooks = nullptr;
    Resume resume = {};
    int lastBlock = -1; // blocks behind it are left out; -1: none is
    int firstBlock = 0; // number of this part's first block among all of the model
};

struct Pass : PassOptions {
    Pass() = default;
    Pass(const PassOptions& options, Trace* into, const JobControl* listener = nullptr, int blocks = 0)
        : PassOptions(options), trace(into), control(listener), total(blocks)
    {
    }

    Trace* trace = nullptr; // gets the records; null: nothing is kept
    const JobControl* control = nullptr;
    int total = 0;          // blocks of the whole model, for progress
    std::string tower = {}; // of what is recorded: "decoder", "vision" ...; empty in models with one
    int stream = 0;         // whose tokens pass (Trace::streams)

    // Throws Error(Cancelled).
    void checkpoint(int block) const;
    // The features behind a block, or behind the embedding [B,N,D].
    void takeHidden(const at::Tensor& x) const;
    void take(AttentionRecord record) const;
    void take(ExpertRouting routing) const;
    bool isHooked(HookPoint point, int block) const
    {
        return hooks != nullptr && hooks->activation && (!hooks->looks || hooks->looks(point, block));
    }
    // `x`, or what a hook makes of it.
    at::Tensor hooked(HookPoint point, int block, const at::Tensor& x) const;
    void hookScores(int block, AttentionRecord& record) const;
    // What enters `block`: x, or where the pass resumes there what was kept of it; hooked.
    at::Tensor entering(int block, const at::Tensor& x) const;
    // residual + layer(x) * scale, `scale` [D] or undefined; what is added is hooked.
    struct Added {
        HookPoint point;
        int block;
        const at::Tensor& residual;
        const LayerNorm* norm = nullptr; // of what is added (Gemma 2, OLMo 2)
    };
    at::Tensor added(const Added& to, const Linear& layer, const at::Tensor& x, const at::Tensor& scale = {}) const;
    // The same for what no single layer makes (experts).
    at::Tensor added(const Added& to, at::Tensor made) const;
    bool skips(int block) const
    {
        return (resume.hidden.defined() && block < resume.block) || (lastBlock >= 0 && block > lastBlock);
    }
    bool keepsAttention() const { return trace != nullptr && keep.attention; }
};

} // namespace headlens
