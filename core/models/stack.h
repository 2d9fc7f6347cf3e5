// SPDX-License-Identifier: GPL-3.0-or-later
// Token embedding and layers of every transformer that reads or writes text: BERT, GPT-2, T5, BART, CLIP's text half
// and the words of ViLT and BLIP differ only in a StackConfig (spec/formats.md sections 6 and 7). For inference and
// training.
#pragma once

#include "core/base/job_control.h"
#include "core/models/stack_config.h"
#include "core/models/transformer_model.h"
#include "core/tensors/layers.h"
#include "core/trace/trace.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct StackAttention {
    LayerNorm norm;
    Linear query, key, value, output;
};

struct StackLayer {
    StackAttention self, cross;
    LayerNorm norm; // of the MLP
    Linear up, gate, down;
    at::Tensor biasTable; // [buckets,H] where the layer has its own
};

// Keys and values of what was written so far, by layer; `cross` is computed once.
struct StackCache {
    struct Pair {
        at::Tensor keys, values; // [B,H,n,d]
    };
    std::vector<Pair> self, cross;
    std::int64_t length = 0;
    void reorder(const at::Tensor& rows);
};

// What one pass over a stack is told.
struct StackPass {
    at::Tensor mask = {};       // [B,T] int64: 0 for padding; undefined: all are real
    at::Tensor memory = {};     // [B,M,crossWidth]: what cross attention reads; undefined: it is left out
    at::Tensor memoryMask = {}; // [B,M]
    int stream = 0, memoryStream = 0;
    std::string tower = {};
    Trace* trace = nullptr; // gets the records; null: nothing is kept
    Keep keep = {};
    std::vector<HeadAddress> silenced = {};
    std::vector<at::Tensor>* maps = nullptr; // gets every map as a node of the graph (attendOpenly)
    StackCache* cache = nullptr;             // x continues what it holds
    const JobControl* control = nullptr;
    // Changes what enters layer i, and may leave records of its own: `extraBlocks` before those of every layer (the
    // gated cross attention of Flamingo).
    std::function<at::Tensor(int layer, const at::Tensor& x)> before = {};
    int extraBlocks = 0;
    int firstBlock = 0, total = 0; // number of the stack's first attention block, and of all: for progress, `silenced`
    at::Tensor bias = {};          // [B,H,T,T]: added to the scores of self-attention in every layer
};

// A pass of a model of `total` blocks that leaves its records in `result`. Both outlive the pass.
StackPass passOf(const ForwardOptions& options, const JobControl& control, int total, ForwardResult& result);
StackPass passOf(const ForwardOptions& options, const JobControl&& control, int total, ForwardResult& result) = delete;

class Stack {
public:
    explicit Stack(StackConfig config);

    using Visit = std::function<void(const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>&)>;
    // Once for every weight with its canonical name and shape. Loading, saving, moving and counting go through it.
    void visit(const Visit& visit);
    // The token table alone is shared between stacks and heads of some models: false leaves it out of visit().
    void ownTokens(bool own) { m_ownTokens = own; }
    void setTokens(const at::Tensor& tokens) { m_tokens = tokens; }
    const at::Tensor& tokens() const { return m_tokens; } // [V,D]

    void pack(Precision precision);

    // ids [B,T] int64, segments [B,T] or undefined -> [B,T,D]. `from`: position of the first token; `places` [B,T]: of
    // every token, where they do not simply count; without
    // `positioned` no token knows its place. Throws Error(BadRequest) for ids outside the table and texts longer
    // than the positions.
    at::Tensor embed(const at::Tensor& ids, const at::Tensor& segments = {}, std::int64_t from = 0,
                     const at::Tensor& places = {}, bool positioned = true) const;
    // The positions of tokens from `from` on [1,T,D], for embeddings that are put together elsewhere.
    at::Tensor positions(std::int64_t from, std::int64_t count) const;
    // x [B,T,D] through all layers, before the final norm.
    at::Tensor run(at::Tensor x, const StackPass& pass) const;
    at::Tensor finalNorm(const at::Tensor& x) const { return m_config.finalNorm ? m_final(x) : x; }

    // The bias by distance of every head [H,T+past... as the scores]; undefined without.
    at::Tensor distanceBias(const StackLayer& layer, std::int64_t from, std::int64_t queries, std::int64_t keys) const;

    const StackConfig& config() const { return m_config; }
    PositionTable positionTable(std::int64_t tokens) const;
    static Switch positionSwitch() { return {"positions", "Positions", {"on", "off"}, 0, 0, "on"}; }
    void appendFacts(ModelFacts& facts, const std::string& tower) const;
    int blocks() const { return int(m_layers.size()) * blocksPerLayer(); }

private:
    // The number of the first attention block of a layer among all of the model.
    int blockOf(int layer, const StackPass& pass) const
    {
        return pass.firstBlock + layer * (blocksPerLayer() + pass.extraBlocks) + pass.extraBlocks;
    }
    int blocksPerLayer() const { return m_config.crossWidth > 0 ? 2 : 1; }
    void visitAttention(StackAttention& attention, const std::string& at, std::int64_t readWidth, const Visit& visit);
    void requireLength(std::int64_t count) const;
    at::Tensor positionsOf(const at::Tensor& ids, std::int64_t from) const;
    void remember(AttentionRecord record, const StackPass& pass) const;
    at::Tensor scoresMask(const StackPass& pass, std::int64_t from, std::int64_t queries) const;
    at::Tensor attention(const StackLayer& layer, std::size_t index, bool cross, const at::Tensor& x,
                         const StackPass& pass, const at::Tensor& mask, const at::Tensor& bias) const;
    at::Tensor mlp(const StackLayer& layer, const at::Tensor& x) const;

    StackConfig m_config;
    Activation m_activation;
    bool m_ownTokens = true;
    at::Tensor m_tokens, m_positions, m_segments;
    LayerNorm m_embeddingNorm, m_final;
    std::vector<StackLayer> m_layers;
};

// Sines in the first half and cosines in the second [rows,width] (Marian; spec/formats.md 6.5).
at::Tensor sinusoidalTable(std::int64_t rows, std::int64_t width);

// T5's bucket of every distance key - query, for queries from `from` on [queries,keys] int64 (spec/formats.md 6.4).
at::Tensor distanceBuckets(std::int64_t from, std::int64_t queries, std::int64_t keys, std::int64_t buckets,
                           std::int64_t farthest, bool bothWays);

} // namespace headlens
