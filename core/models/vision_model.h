// SPDX-License-Identifier: GPL-3.0-or-later
// What every vision model offers to the layers above. Adding an architecture: one file with a loader and one row in
// registry.cpp.
#pragma once

#include "core/base/job_control.h"
#include "core/imaging/preprocess_plan.h"
#include "core/trace/trace.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct ModelFacts {
    std::string architecture; // "ViT", "DeiT (distilled)", "DINO v1" ...
    int layers = 0, heads = 0, width = 0, patch = 0, channels = 3, imageHeight = 0, imageWidth = 0;
    int classes = 0;                       // 0 without a head
    std::vector<std::string> prefixTokens; // in token order, before the patches
    std::vector<std::string> labels;
    std::vector<std::string> assumptions; // what the files did not say
};

struct ForwardResult {
    Trace trace;
    std::map<std::string, at::Tensor> outputs; // last_hidden_state [B,N,D], pooler_output [B,D], logits [B,C] ...
};

class VisionModel {
public:
    virtual ~VisionModel() = default;
    virtual const ModelFacts& facts() const = 0;
    // pixels [B,C,H,W] float32 on the model's device. Any H, W of at least one patch: positions are interpolated.
    // Checks `control` between blocks. Thread safe.
    virtual ForwardResult forward(const at::Tensor& pixels, const JobControl& control) const = 0;
    // Every parameter, for moving to a device and for counting.
    virtual void eachParameter(const std::function<void(at::Tensor&)>& visit) = 0;
};

} // namespace headlens
