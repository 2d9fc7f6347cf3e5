// SPDX-License-Identifier: GPL-3.0-or-later
// The stack of pre-norm blocks that every plain vision transformer consists of, and both halves of a MAE.
#pragma once

#include "core/models/skeletons/vit_config.h"
#include "core/nn/attention.h"
#include "core/nn/attention_patterns.h"
#include "core/nn/mlp.h"
#include "core/nn/weights.h"

#include <string>
#include <vector>

namespace headlens {

struct VitBlock {
    LayerNorm before, after;
    Attention attention;
    Mlp mlp;
    at::Tensor scale1, scale2; // LayerScale [D]
    at::Tensor recipe;         // of the pattern "low rank" [k,N]
    Linear router;             // of routed blocks: the score of a token [1,D]
    at::Tensor biasTable;      // BEiT: [(2h-1)(2w-1)+3,H] for the trained grid
};

// Which patches a routed block works on. The special tokens always take part.
enum class Routing : std::uint8_t {
    Learned, // those with the highest scores of the router; of equal ones the first
    Random,
    All,
};
struct RoutingChoice {
    Routing routing = Routing::Learned;
    std::int64_t capacity = 0; // patches; 0: as trained
    std::uint64_t seed = 0;    // of the random choice
};

// What the positions mean to the attention, for one grid of patches.
struct PositionContext {
    std::int64_t gridHeight = 0, gridWidth = 0, prefix = 0;
    at::Tensor cosine = {}, sine = {}; // rotary, of the patches [N,d]; undefined without
    at::Tensor tokens = {};            // [n] int64: the tokens that take part; undefined: all
    RoutingChoice routing = {};
    AttentionPattern pattern = {};
    PictureTokens picture() const { return {prefix, gridHeight, gridWidth}; }
};

class VitBlocks {
public:
    // `prefix` is what stands before the number of the block: "encoder.layer." or "decoder.layer.".
    VitBlocks(const VitConfig& config, std::string prefix, std::string tower = {});

    void visit(const Weights& weights); // every weight once, by its canonical name
    // Packs every linear layer for inference on the CPU; LayerScale goes into the weights.
    void pack(Precision precision);

    // x [B,N,D] through all blocks, of which the first is number `first` of the model.
    at::Tensor run(at::Tensor x, const PositionContext& context, const Pass& pass) const;

    int size() const { return int(m_blocks.size()); }

private:
    void visitBlock(VitBlock& block, bool routed, const Weights& weights);
    at::Tensor block(const VitBlock& block, const at::Tensor& x, const PositionContext& context, const Pass& pass,
                     int number) const;
    // A block that only `capacity` patches pass through; the others stay as they are.
    at::Tensor routed(const VitBlock& block, const at::Tensor& x, const PositionContext& context, const Pass& pass,
                      int number) const;
    // What is known of an attention before its queries and keys are.
    AttentionCall callFor(const VitBlock& block, const PositionContext& context) const;
    void addBias(AttentionRecord& record, const VitBlock& block, const PositionContext& context) const;

    VitConfig m_config;
    std::string m_prefix, m_tower;
    Activation m_activation;
    std::vector<VitBlock> m_blocks;
    at::Tensor m_sharedBias; // BEiT: one table for all blocks
};

} // namespace headlens
