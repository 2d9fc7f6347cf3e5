// SPDX-License-Identifier: GPL-3.0-or-later
// The one attention of every model: queries look at keys, values come back. Models differ in what they add to an
// AttentionCall: a mask, a bias, positions, windows, a cache, a pattern.
#pragma once

#include "core/nn/pass.h"
#include "core/tensors/layers.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <functional>

namespace headlens {

// The weights of one attention.
struct Attention {
    Linear query, key, value, output;
    // Before positions; without weights: none. Weights [d] serve all heads alike, [H,d] give every head its own (Stable
    // LM 2), [H*d] make one norm of all heads together (OLMo 2).
    LayerNorm queryNorm, keyNorm;

    void pack(Precision precision, const at::Tensor& scale = {}); // `scale` [D] goes into `output` (LayerScale)
};

// Keys and values of what was read before [B,Hk,n,d].
struct KeyCache {
    at::Tensor keys, values;
    enum Kind : std::uint8_t {
        Grows, // what is looked at now is appended: self-attention while writing
        Stays, // computed once: cross attention
    } kind = Grows;
    void reorder(const at::Tensor& rows); // of beam search: goes on with these lines of the batch
};

// What one attention of one pass is told beside its weights.
struct AttentionCall {
    at::Tensor x;           // [B,Nq,D], normed, as `value` takes it
    at::Tensor source = {}; // [B,Nk,Ds]: what is looked at; undefined: x
    std::int64_t heads = 1;
    std::int64_t keyHeads = 0; // fewer than heads: each serves heads / keyHeads of them in a row; 0: as many
    int block = 0;             // its number among all of the model: of `ablated`
    KeyCache* cache = nullptr;
    // What is known before queries and keys are: scale (below 0: 1 / sqrt(d)), bias, mask, windows, tokens, kind,
    // streams, tower.
    AttentionRecord record = {};
    // Turns queries and keys [B,H,N,d] by their places (rotary), or makes them unit vectors.
    std::function<void(at::Tensor& q, at::Tensor& k)> place = {};
    // Mixes the values in another way than softmax attention and says in the record what it did (patterns); undefined:
    // softmax with our kernels. The heads side by side [B,Nq,H*d].
    std::function<at::Tensor(AttentionRecord& record, const at::Tensor& value)> mix = {};
};

// The heads side by side, without the ablated ones [B,Nq,H*d], as `output` takes them: what follows is the block's.
at::Tensor attended(const Attention& weights, AttentionCall call, const Pass& pass);

at::Tensor splitHeads(const at::Tensor& x, std::int64_t heads); // [B,n,H*d] -> [B,H,n,d]
at::Tensor mergeHeads(const at::Tensor& x);                     // [B,H,n,d] -> [B,n,H*d]

// Every query head's own keys or values: [B,Hk,n,d] -> [B,H,n,d].
at::Tensor repeatedHeads(const at::Tensor& x, std::int64_t heads);

// softmax(q k^T * scale + mask) v in plain operators: for models of ours, whose numbers are those of their training.
at::Tensor mixedPlainly(const AttentionRecord& record, const at::Tensor& value);

} // namespace headlens
