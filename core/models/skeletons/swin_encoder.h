// SPDX-License-Identifier: GPL-3.0-or-later
// The Swin transformer, v1 and v2, for inference and training. Tokens are row-major maps.
#pragma once

#include "core/models/skeletons/swin_config.h"
#include "core/nn/attention.h"
#include "core/nn/mlp.h"
#include "core/nn/weights.h"

#include <string>
#include <vector>

namespace headlens {

struct SwinBlock {
    LayerNorm before, after;
    Attention attention;
    Mlp mlp;
    at::Tensor biasTable;                  // v1: [(2wh-1)(2ww-1),H]
    at::Tensor logitScale;                 // v2: [H,1,1]
    Linear coordinatesUp, coordinatesDown; // v2: 2 -> 512 -> H, the second without bias
    at::Tensor coordinates; // v2: the stored table [1,2wh-1,2ww-1,2] of Microsoft and torchvision, if there is one
};

struct SwinMerging {
    LayerNorm norm; // v1: over 4C before the reduction, v2: over 2C after it
    Linear reduction;
};

class SwinEncoder {
public:
    explicit SwinEncoder(SwinConfig config);

    // Every weight once, by its canonical name (Hugging Face without "swin.").
    void visit(const Weights& weights);

    // Packs every linear layer of the blocks and mergings for inference on the CPU.
    void pack(Precision precision);

    struct Encoded {
        at::Tensor normed;                          // after the final LayerNorm [B,N,D]
        Trace trace;                                // what was to be kept
        std::int64_t gridHeight = 0, gridWidth = 0; // of the first stage
    };
    // pixels [B,C,H,W]; sides that are no multiple of the patch are padded with zeros on the right and below, in
    // torchvision's layout cut.
    Encoded encode(const at::Tensor& pixels, const JobControl& control = {}, const PassOptions& options = {}) const;

    // The bias of each head by offset, query minus key: [H,2wh-1,2ww-1]; v2 evaluates its network.
    at::Tensor biasTable(const SwinBlock& block, const SwinStage& stage) const;

    at::Tensor finalNorm(const at::Tensor& x) const { return m_final(x); }
    const SwinConfig& config() const { return m_config; }
    // Where a v2 file brought its own table of coordinates along.
    void setCoordinates(std::size_t stage, std::int64_t block, const at::Tensor& table);
    void resizePictures(std::int64_t height, std::int64_t width);

private:
    void visitBlock(SwinBlock& block, const SwinStage& stage, const Weights& weights);
    at::Tensor embed(const at::Tensor& pixels, std::int64_t& height, std::int64_t& width) const;
    // What is known of an attention in windows before its queries and keys are.
    AttentionCall callFor(const SwinBlock& block, const SwinStage& stage, const WindowGrid& grid,
                          std::int64_t pictures) const;
    at::Tensor block(const SwinBlock& block, const SwinStage& stage, const at::Tensor& x, const WindowGrid& grid,
                     const Pass& pass, int number) const;
    at::Tensor merge(const SwinMerging& merging, const at::Tensor& x, std::int64_t& height, std::int64_t& width) const;

    SwinConfig m_config;
    Activation m_activation;
    PatchEmbedding m_patches;
    LayerNorm m_patchNorm, m_final;
    at::Tensor m_positions; // [1,N,D] where the model has absolute positions
    std::vector<std::vector<SwinBlock>> m_stages;
    std::vector<SwinMerging> m_mergings; // one fewer than stages
};

} // namespace headlens
