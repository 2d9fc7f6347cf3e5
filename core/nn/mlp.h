// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of every block: up, activation, down; gated or not.
#pragma once

#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

namespace headlens {

struct Mlp {
    Linear up, gate, down; // without weights in `gate`: of one branch

    // What `down` takes: activation(up x), or activation(gate x) * up x [..,M].
    at::Tensor inner(const at::Tensor& normed, Activation activation) const;
    void pack(Precision precision, const at::Tensor& scale = {}); // `scale` [D] goes into `down` (LayerScale)
};

} // namespace headlens
