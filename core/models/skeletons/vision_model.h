// SPDX-License-Identifier: GPL-3.0-or-later
// A transformer that takes a picture and nothing else.
#pragma once

#include "core/models/transformer_model.h"

namespace headlens {

class VisionModel : public TransformerModel {
public:
    // pixels [B,C,H,W] float32 on the model's device. Any H, W of at least one patch: positions are interpolated.
    // Checks `control` between blocks.
    virtual ForwardResult forward(const at::Tensor& pixels, const ForwardOptions& options,
                                  const JobControl& control) const = 0;
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const final
    {
        return forward(input.pixels, options, control);
    }
};

} // namespace headlens
