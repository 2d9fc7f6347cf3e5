// SPDX-License-Identifier: GPL-3.0-or-later
// What one pass through a model is told, and the only door to what it leaves behind: records, hidden states, maps for
// gradients, progress and cancelling.
#pragma once

#include "core/base/job_control.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headlens {

struct Pass {
    Trace* trace = nullptr; // gets the records; null: nothing is kept
    Keep keep = {};
    std::vector<HeadAddress> ablated = {};   // ablated heads, counted through all towers
    std::vector<at::Tensor>* maps = nullptr; // gets every map [B,H,Nq,Nk] as a node of the graph
    const JobControl* control = nullptr;
    int total = 0;          // blocks of the whole model, for progress
    std::string tower = {}; // of what is recorded: "decoder", "vision" ...; empty in models with one
    int stream = 0;         // whose tokens pass (Trace::streams)

    // Throws Error(Cancelled).
    void checkpoint(int block) const;
    // The features behind a block, or behind the embedding [B,N,D].
    void takeHidden(const at::Tensor& x) const;
    void take(AttentionRecord record) const;
    bool keepsAttention() const { return trace != nullptr && keep.attention; }
};

} // namespace headlens
