// SPDX-License-Identifier: GPL-3.0-or-later
// The half of a masked autoencoder that paints what the encoder did not see (He et al. 2022, arXiv 2111.06377). For
// inference and training.
#pragma once

#include "core/models/loading.h"
#include "core/models/skeletons/vit_encoder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct MaeSettings {
    VitConfig blocks; // width, heads, layers and MLP of the decoder
    double maskRatio = 0.75;
    bool normalisedPixels = false; // the decoder paints every patch with mean 0 and deviation 1
};

// From config.json and the tensors below "decoder."; what neither says is said in `assumptions`. Throws
// Error(BadConfig).
MaeSettings maeSettingsOf(const Checkpoint& checkpoint, const ModelSettings& settings, const VitConfig& encoder,
                          std::vector<std::string>& assumptions);

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

    // pixels [B,C,h,w] with the `hidden` patches [B,N] as they were `painted` [B,N,p*p*C]. `normalised`: undone with
    // the statistics of the true patch, as MAE's own demo does.
    at::Tensor composed(const at::Tensor& pixels, const at::Tensor& painted, const at::Tensor& hidden,
                        bool normalised) const;

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
