// SPDX-License-Identifier: GPL-3.0-or-later
// The half of a masked autoencoder that paints what the encoder did not see (He et al. 2022, arXiv 2111.06377;
// spec/formats.md 5.4). For inference and training.
#pragma once

#include "core/models/skeletons/vit_encoder.h"

#include <cstdint>

namespace headlens {

class MaeDecoder {
public:
    // `blocks`: width, heads, layers and MLP of the decoder; `encoder`: what it reads.
    MaeDecoder(const VitConfig& blocks, const VitConfig& encoder);

    void visit(const Weights& weights); // "decoder...."
    void pack(Precision precision) { m_blocks.pack(precision); }

    // What is told to one pass beside what was encoded.
    // `restore` [B,N] int64: where each patch stands among those that were kept and, behind them, those that were not.
    // Answers every patch as (row, column, channel) [B,N,p*p*C].
    at::Tensor paint(const VitEncoder::Encoded& encoded, const at::Tensor& restore, const Pass& pass) const;

    const VitConfig& config() const { return m_config; }
    int blocks() const { return m_blocks.size(); }

private:
    VitConfig m_config, m_encoder;
    VitBlocks m_blocks;
    Linear m_embed, m_predict;
    at::Tensor m_maskToken, m_positions; // [1,1,d], [1,1+N,d]
    LayerNorm m_norm;
};

// pixels [B,C,gh*p,gw*p] as patches of (row, column, channel) [B,gh*gw,p*p*C], and back.
at::Tensor asPatches(const at::Tensor& pixels, std::int64_t patch);
at::Tensor fromPatches(const at::Tensor& patches, std::int64_t patch, std::int64_t gridHeight, std::int64_t gridWidth);

} // namespace headlens
