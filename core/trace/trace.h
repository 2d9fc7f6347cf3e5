// SPDX-License-Identifier: GPL-3.0-or-later
// What a forward pass leaves behind: queries and keys of every attention block, never the N x N maps
// (design.md section 3).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headlens {

// One attention block. Row i of its map is softmax_j(q_i k_j * scale + bias_ij); rows are queries, columns keys.
struct AttentionRecord {
    at::Tensor q; // [B,H,Nq,d]
    at::Tensor k; // [B,H,Nk,d]
    double scale = 1;
    at::Tensor bias; // position bias plus mask, broadcast to [B,H,Nq,Nk]; undefined when there is none

    std::int64_t heads() const { return q.size(1); }
    std::int64_t queries() const { return q.size(2); }
    std::int64_t keys() const { return k.size(2); }
};

struct Trace {
    std::vector<AttentionRecord> blocks; // in execution order
    std::vector<at::Tensor> hidden;      // [0] after the embedding, [i+1] after block i: [B,N,D]

    std::int64_t bytes() const; // of queries, keys and hidden states together
};

} // namespace headlens
