// SPDX-License-Identifier: GPL-3.0-or-later
// Token embedding and layers of every transformer that reads or writes text: BERT, GPT-2, T5, BART, CLIP's text half
// and the words of ViLT and BLIP differ only in a StackConfig. For inference and
// training.
#pragma once

#include "core/models/skeletons/stack_config.h"
#include "core/models/skeletons/stack_layer.h"
#include "core/models/transformer_model.h"
#include "core/nn/weights.h"

#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace headlens {

// A pass of a model of `total` blocks that leaves its records in `result`. Both outlive the pass.
StackPass passOf(const ForwardOptions& options, const JobControl& control, int total, ForwardResult& result);
StackPass passOf(const ForwardOptions& options, const JobControl&& control, int total, ForwardResult& result) = delete;

class Stack {
public:
    explicit Stack(StackConfig config);

    void visit(const Weights& weights); // every weight once, below the stack's name
    // The token table alone is shared between stacks and heads of some models: false leaves it out of visit().
    void ownTokens(bool own) { m_ownTokens = own; }
    void setTokens(const at::Tensor& tokens) { m_tokens = {tokens, {}}; }
    const at::Tensor& tokens() const { return m_tokens.weight; } // [V,D]; undefined where it is held in another form
    const Linear& tokenTable() const { return m_tokens; }        // the same, whatever its form: D -> V

    void pack(Precision precision);

    struct Embedding {
        at::Tensor segments = {};     // [B,T]
        std::int64_t from = 0;        // position of the first token
        at::Tensor places = {};       // [B,T]: of every token, where they do not simply count
        bool positioned = true;       // false: no token knows its place
        const Hooks* hooks = nullptr; // of HookPoint::WordEmbedding
    };
    // ids [B,T] int64 -> [B,T,D]. Throws Error(BadRequest) for ids outside the table and texts longer than the
    // positions.
    at::Tensor embed(const at::Tensor& ids, const Embedding& how) const;
    at::Tensor embed(const at::Tensor& ids) const { return embed(ids, Embedding()); }
    // The positions of tokens from `from` on [1,T,D], for embeddings that are put together elsewhere.
    at::Tensor positions(std::int64_t from, std::int64_t count) const;
    // x [B,T,D] through all layers, before the final norm.
    at::Tensor run(at::Tensor x, const StackPass& pass) const;
    at::Tensor finalNorm(const at::Tensor& x) const { return m_config.finalNorm ? m_final(x) : x; }
    // x [..,D], normed, as wide as the token table [..,E], by which words are scored.
    at::Tensor asTokens(const at::Tensor& x) const { return m_toTokens.isDefined() ? m_toTokens(x) : x; }

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
        const auto end = pass.extraBlocks.begin() + (pass.extraBlocks.empty() ? 0 : layer + 1);
        return pass.firstBlock + layer * blocksPerLayer() + std::accumulate(pass.extraBlocks.begin(), end, 0);
    }
    int blocksPerLayer() const { return m_config.crossWidth > 0 ? 2 : 1; }
    void requireLength(std::int64_t count) const;
    at::Tensor positionsOf(const at::Tensor& ids, std::int64_t from) const;
    at::Tensor scoresMask(const StackPass& pass, std::int64_t reach, std::int64_t from, std::int64_t queries) const;
    // What several layers of one pass share.
    struct Shared {
        std::map<std::int64_t, at::Tensor> masks; // by reach
        RotaryTable places, localPlaces;
        at::Tensor memoryMask, bias;
    };
    Shared sharedOf(const StackPass& pass, std::int64_t from, std::int64_t queries) const;
    RotaryTable rotaryTableOf(const RotaryConfig& rotary, std::int64_t from, std::int64_t queries) const;
    at::Tensor biasOf(std::size_t layer, const StackPass& pass, std::int64_t from, std::int64_t queries) const;

    StackConfig m_config;
    bool m_ownTokens = true;
    Linear m_tokens; // without bias
    at::Tensor m_positions, m_segments;
    Linear m_fromTokens, m_toTokens; // where the table is not as wide as the layers
    LayerNorm m_embeddingNorm, m_final;
    std::vector<StackLayer> m_layers;
};

// Sines in the first half and cosines in the second [rows,width] (Marian).
at::Tensor sinusoidalTable(std::int64_t rows, std::int64_t width);

// How much every head loses for the distance of a key from the last one [1,H,1,keys]: slope 2^(-steepest (h+1) / n), n
// the next power of two of H (Press et al. 2022).
at::Tensor linearBias(std::int64_t heads, double steepest, std::int64_t keys);

// T5's bucket of every distance key - query, for queries from `from` on [queries,keys] int64.
at::Tensor distanceBuckets(std::int64_t from, std::int64_t queries, std::int64_t keys, std::int64_t buckets,
                           std::int64_t farthest, bool bothWays);

} // namespace headlens
