// SPDX-License-Identifier: GPL-3.0-or-later
// The plain ViT encoder shared by ViT, DeiT and DINO v1 (spec/formats.md 5.1-5.3), for inference and training.
#pragma once

#include "core/base/job_control.h"
#include "core/models/vit_config.h"
#include "core/tensors/layers.h"
#include "core/trace/trace.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace headlens {

struct VitBlock {
    LayerNorm before, after;
    Linear query, key, value, output, up, down;
    Linear fused; // rows [query; key; value], made by fuse(); the three are then empty
};

class VitEncoder {
public:
    // `prefix` are the names of the learnt tokens before the patches, for example {"cls_token"}.
    VitEncoder(VitConfig config, std::vector<std::string> prefix);

    // Calls `visit` once for every weight with its canonical name and shape; loading, saving, initialising, moving
    // and counting are all done through it, so that the names stand in one place.
    using Visit =
        std::function<void(const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape)>;
    void visit(const Visit& visit);

    // Joins query, key and value into one matrix product: about 10 % faster, inference only.
    void fuse();

    struct Encoded {
        at::Tensor normed; // after the final LayerNorm [B,N,D]
        Trace trace;       // empty when keepTrace is false
    };
    // pixels [B,C,H,W]; sides that are no multiple of the patch lose their rest, as a strided convolution does.
    Encoded encode(const at::Tensor& pixels, const JobControl& control = {}, bool keepTrace = true) const;

    // Positions for a grid [1,P+gh*gw,D], bicubic without antialiasing (recipe a of spec/formats.md 5.1).
    at::Tensor positionsFor(std::int64_t gridHeight, std::int64_t gridWidth) const;

    const VitConfig& config() const { return m_config; }
    const std::vector<std::string>& prefix() const { return m_prefix; }
    void replacePositions(const at::Tensor& positions, std::int64_t imageHeight, std::int64_t imageWidth);

private:
    at::Tensor embed(const at::Tensor& pixels) const;
    at::Tensor block(const VitBlock& weights, const at::Tensor& x, Trace* trace) const;

    VitConfig m_config;
    Activation m_activation;
    std::vector<std::string> m_prefix;
    std::vector<at::Tensor> m_prefixTokens; // each [1,1,D]
    at::Tensor m_positions;                 // [1,P+N,D]
    Linear m_patches;                       // weight [D,C,p,p]
    std::vector<VitBlock> m_blocks;
    LayerNorm m_final;
};

} // namespace headlens
