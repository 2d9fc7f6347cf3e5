// SPDX-License-Identifier: GPL-3.0-or-later
// What every vision model offers to the layers above. Adding an architecture: one file with a loader and one row in
// registry.cpp.
#pragma once

#include "core/base/job_control.h"
#include "core/imaging/preprocess_plan.h"
#include "core/tensors/layers.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct BlockFacts {
    int stage = 0, heads = 0, width = 0;
    std::string tower;    // "decoder" in the second half of a MAE
    int windowTokens = 0; // of one window; 0: every token sees every token
};

struct ModelFacts {
    std::string architecture; // "ViT", "DeiT (distilled)", "DINO v1" ...
    std::vector<BlockFacts> blocks;
    int patch = 0, channels = 3, imageHeight = 0, imageWidth = 0;
    int classes = 0;                       // 0 without a head
    std::vector<std::string> prefixTokens; // in token order, before the patches
    std::vector<std::string> labels;
    std::vector<std::string> assumptions; // what the files did not say
    double maskRatio = 0;                 // above 0: a masked autoencoder, which hides this share of the patches
};

// What a forward pass may be told beside the picture.
struct ForwardOptions {
    double maskRatio = -1;  // masked autoencoders: share of hidden patches; -1 as trained
    std::uint64_t seed = 0; // of the random choice of hidden patches
    at::Tensor noise = {};  // [B,N]: the choice itself, in place of the seed; smallest are kept
    Keep keep = {};         // less where memory is short (masked autoencoders keep queries and keys all the same)
};

struct ForwardResult {
    Trace trace;
    std::map<std::string, at::Tensor> outputs; // last_hidden_state [B,N,D], pooler_output [B,D], logits [B,C] ...
    int gridHeight = 0, gridWidth = 0;         // of the patches that enter the first block
    at::Tensor reconstruction = {};            // [B,C,H,W] normalised pixels: hidden patches as the decoder paints them
    at::Tensor hiddenPatches = {};             // [B,N] bool: what a masked autoencoder did not see
};

class VisionModel {
public:
    virtual ~VisionModel() = default;
    virtual const ModelFacts& facts() const = 0;
    // pixels [B,C,H,W] float32 on the model's device. Any H, W of at least one patch: positions are interpolated.
    // Checks `control` between blocks. After packWeights() always called by the same thread.
    virtual ForwardResult forward(const at::Tensor& pixels, const ForwardOptions& options,
                                  const JobControl& control) const = 0;
    // The final LayerNorm, for features of any layer [B,N,D]; unchanged where it does not fit.
    virtual at::Tensor finalNorm(const at::Tensor& hidden) const = 0;
    // Every parameter, for moving to a device and for counting; not after packWeights().
    virtual void eachParameter(const std::function<void(at::Tensor&)>& visit) = 0;
    // For inference on the CPU: the weights of the blocks are given up for packed ones, layer by layer.
    virtual void packWeights(Precision precision) = 0;
};

} // namespace headlens
