// SPDX-License-Identifier: GPL-3.0-or-later
// Embedding, blocks and final norm of a plain vision transformer, for inference and training.
#pragma once

#include "core/models/skeletons/vit_blocks.h"
#include "core/models/transformer_model.h"

#include <vector>

namespace headlens {

class VitEncoder {
public:
    explicit VitEncoder(const VitConfig& config);

    void visit(const Weights& weights); // as VitBlocks
    void pack(Precision precision)
    {
        m_patches.pack(precision);
        m_blocks.pack(precision);
    }

    struct Encoded {
        at::Tensor last;   // after the last block [B,N,D]
        at::Tensor normed; // after the final LayerNorm; the same as `last` where the model has none
        Trace trace;       // what was to be kept
        std::int64_t gridHeight = 0, gridWidth = 0;
    };
    // pixels [B,C,H,W]; sides that are no multiple of the patch lose their rest, as a strided convolution does.
    Encoded encode(const at::Tensor& pixels, const JobControl& control = {}, const PassOptions& options = {},
                   const RoutingChoice& routing = {}, const AttentionPattern& pattern = {}) const;

    // As encode(), but of the patches only those of `kept` [B,n] (int64) are looked at, in that order; `more` blocks
    // of a decoder follow, for the count of progress.
    Encoded encodeKept(const at::Tensor& pixels, const at::Tensor& kept, const JobControl& control, int more,
                       const PassOptions& options) const;

    // Positions for a grid [1,P+gh*gw,D].
    at::Tensor positionsFor(std::int64_t gridHeight, std::int64_t gridWidth, bool squarePixels = true) const;

    // The places of all tokens on a grid: learnt, or rotary angles of the patches.
    PositionTable positionTable(std::int64_t gridHeight, std::int64_t gridWidth) const;

    at::Tensor finalNorm(const at::Tensor& x) const { return m_config.finalNorm ? m_final(x) : x; }
    const VitConfig& config() const { return m_config; }
    int blocks() const { return m_blocks.size(); }
    void replacePositions(const at::Tensor& positions, std::int64_t imageHeight, std::int64_t imageWidth);
    // Facebook's DINOv3 stores its rotary periods [d/4], rounded to bfloat16.
    void setRotaryPeriods(const at::Tensor& periods) { m_periods = periods; }

private:
    at::Tensor patches(const at::Tensor& pixels, std::int64_t& gridHeight, std::int64_t& gridWidth) const;
    at::Tensor withPrefix(const at::Tensor& patches, const at::Tensor& positions) const;
    PositionContext contextFor(std::int64_t gridHeight, std::int64_t gridWidth, const at::TensorOptions& like) const;

    VitConfig m_config;
    std::vector<at::Tensor> m_prefixTokens; // each [1,count,D]
    at::Tensor m_positions;                 // [1,P+N,D]; undefined without
    at::Tensor m_periods;
    PatchEmbedding m_patches;
    LayerNorm m_before;
    VitBlocks m_blocks;
    LayerNorm m_final;
};

} // namespace headlens
