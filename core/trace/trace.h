// SPDX-License-Identifier: GPL-3.0-or-later
// What a forward pass leaves behind: queries and keys of every attention block, never the N x N maps
// (design.md section 3).
#pragma once

#include "core/base/window_grid.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

// One attention block. Row i of its map is softmax_j(q_i k_j * scale + bias_ij + mask_ij); rows are queries, columns
// keys. In a windowed block the batch counts the windows of every picture, row-major over the rolled map.
struct AttentionRecord {
    at::Tensor q; // [B,H,Nq,d], already biased, rotated, normalised
    at::Tensor k; // [B,H,Nk,d]
    double scale = 1;
    at::Tensor bias = {};   // of the positions, broadcast to [B,H,Nq,Nk]; undefined when there is none
    at::Tensor mask = {};   // [windows,1,N,N], -100 where the shift brought strangers together; undefined without
    std::string tower = {}; // "decoder" in the second half of a MAE; empty in plain encoders
    std::optional<WindowGrid> windows = {}; // of a windowed block
    at::Tensor tokens = {};                 // [N] int64: which tokens of the picture take part; undefined: all
    at::Tensor biasTable = {};              // [H,2h-1,2w-1]: the bias by offset, query minus key, before indexing

    std::int64_t heads() const { return q.size(1); }
    std::int64_t queries() const { return q.size(2); }
    std::int64_t keys() const { return k.size(2); }
};

// What a forward pass is to leave behind.
struct Keep {
    bool attention = true; // queries and keys
    bool hidden = true;
};

struct Trace {
    std::vector<AttentionRecord> blocks; // in execution order
    std::vector<at::Tensor> hidden;      // [0] after the embedding, [i+1] after block i: [B,N,D]
    // Of the second tower, if there is one: [0] what enters it, [i+1] after its block i.
    std::vector<at::Tensor> decoderHidden;

    std::int64_t bytes() const;       // of queries and keys
    std::int64_t hiddenBytes() const; // of all hidden states
};

} // namespace headlens
