// SPDX-License-Identifier: GPL-3.0-or-later
// What a forward pass leaves behind: queries and keys of every attention block, never the N x N maps.
#pragma once

#include "core/base/picture_grid.h"
#include "core/base/window_grid.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

enum class AttentionKind : std::uint8_t {
    Self,     // queries and keys come from the same tokens
    Cross,    // keys come from another sequence: a decoder reading what was encoded, words reading a picture
    Pool,     // one learnt query gathers all tokens
    Coarse,   // keys are means of neighbouring patches
    LowRank,  // keys are learnt mixtures of all tokens
    Memory,   // what a fixed-size memory gives back of the tokens that were written into it
    Composed, // the product of two maps: words to latents, latents to patches; nothing in the model computes it
};

std::string nameOf(AttentionKind kind); // "self", "cross", "pool", "coarse", "low rank", "memory", "composed"

// How the weights of a map come from queries and keys.
enum class MapRule : std::uint8_t {
    Softmax, // softmax_j(capped(q_i k_j * scale) + bias_ij + mask_ij)
    Linear,  // phi(q_i) phi(k_j) over its sum, phi = elu + 1 (Katharopoulos et al. 2020, Eq. 4)
    Favor,   // the same with random features that tend to softmax (Choromanski et al. 2021)
    Delta,   // the share of every value in what a memory written by the delta rule gives back (Munkhdalai et al. 2024,
             // Eq. 9): exact, but some are negative and rows need not sum to 1
};

std::string nameOf(MapRule rule); // "softmax", "linear", "favor", "delta"

// The tokens of one sequence that attention runs over: text first, then special picture tokens, then patches.
struct TokenStream {
    std::string name = {};                      // "", "text", "vision", "encoder", "decoder"
    std::int64_t text = 0;                      // tokens of text
    std::int64_t prefix = 0;                    // picture tokens before the patches
    std::int64_t gridHeight = 0, gridWidth = 0; // patches, row-major
    std::int64_t cell = 0;                      // pixels a side of one of them
    std::vector<PictureSpan> pictures = {};   // whose patches are tokens of its text, of the first of the batch
    std::int64_t pictureFrom() const { return text; }
    std::int64_t tokens() const { return text + prefix + gridHeight * gridWidth; }
    PictureGrid grid() const { return {int(gridHeight), int(gridWidth), int(cell)}; }
};

// One attention block. `rule` says what row i of its map is; rows are queries, columns keys. In a windowed block the
// batch counts the windows of every picture, row-major over the rolled map.
struct AttentionRecord {
    at::Tensor q; // [B,H,Nq,d], already biased, rotated, normalised
    at::Tensor k; // [B,Hk,Nk,d]: Hk heads of keys, each kept once for the H / Hk heads of queries in a row that read it
    double scale = 1;
    double cap = 0;       // above 0: the bound of the scaled scores, before bias and mask: cap tanh(s / cap) (Gemma 2)
    at::Tensor bias = {}; // of the positions, broadcast to [B,H,Nq,Nk]; undefined when there is none
    at::Tensor mask = {}; // added to the scores, broadcast to [B,1,Nq,Nk]: padding, the future, strangers that a
                          // shifted window brought together ([windows,1,N,N], -100); undefined without
    std::string tower = {};                 // "decoder", "text", "vision" ...; empty in models with one tower
    std::optional<WindowGrid> windows = {}; // of a windowed block
    std::int64_t cell = 0;                  // pixels a side of a token of that map: stages have maps of their own
    at::Tensor tokens = {};                 // [N] int64: which tokens of the picture take part; undefined: all
    at::Tensor edges = {};     // of cut edges, broadcast to [B,H,Nq,Nk]: a factor after softmax, so that rows lose what
                               // they gave there; undefined: none is cut so
    at::Tensor biasTable = {}; // [H,2h-1,2w-1]: the bias by offset, query minus key, before indexing
    AttentionKind kind = AttentionKind::Self;
    int queryStream = 0, keyStream = 0; // into Trace::streams
    MapRule rule = MapRule::Softmax;
    at::Tensor features = {}; // [m,d]: the directions of Favor
    std::int64_t segment = 0; // above 0, of a memory: a query reads only what stands in segments before its own
    at::Tensor rowValid = {}; // [B,Nq] bool: false where a query has nothing to look at and its row is exactly 0
    at::Tensor v = {};        // [B,Hk,Nk,d], where Keep::values asked for them
    // [B,Nk,P]: of a composed map, what every key is made of; its rows are those of queries and keys times this.
    at::Tensor through = {};
    at::Tensor router = {}; // [tokens] of the stream: the scores by which `tokens` were chosen (Mixture-of-Depths)

    std::int64_t heads() const { return q.size(1); }
    std::int64_t keyHeadOf(std::int64_t head) const { return head * k.size(1) / q.size(1); }
    std::int64_t queries() const { return q.size(2); }
    std::int64_t keys() const { return through.defined() ? through.size(-1) : k.size(2); }
};

// Which experts a mixture of experts asked, token by token [B,T,E].
struct ExpertRouting {
    int layer = 0;      // of the tower
    at::Tensor logits;  // what the router says of every expert
    at::Tensor weights; // by which the experts' answers are added; 0: not asked
};

struct HeadAddress {
    int block = 0, head = 0; // block in execution order
};

// `mixed` [B,N,H*d], the heads of block `block` side by side, without what `ablated` ones of that block contribute.
at::Tensor withoutHeads(const at::Tensor& mixed, std::int64_t heads, int block,
                        const std::vector<HeadAddress>& ablated);

// What a forward pass is to leave behind.
struct Keep {
    bool attention = true; // queries and keys
    bool hidden = true;
    bool values = false;    // beside queries and keys
    bool firstText = false; // of a batch of texts only the first one
};

struct Trace {
    std::vector<AttentionRecord> blocks; // in execution order
    // By tower: [0] after the embedding, [i+1] after block i (before any merging): [B,N,D].
    std::map<std::string, std::vector<at::Tensor>> hidden;
    std::vector<ExpertRouting> routing; // of the layers that have experts, in execution order
    std::vector<TokenStream> streams;   // empty: one picture, as ForwardResult says

    // What stands behind block `index`; undefined where hidden states were not kept.
    at::Tensor behind(std::size_t index) const;
    // How many blocks of the same tower and kind come before block `index`: the number in "decoder.attentions.1".
    int depthOf(std::size_t index) const;

    std::int64_t bytes() const;       // of queries and keys
    std::int64_t hiddenBytes() const; // of all hidden states
};

} // namespace headlens
