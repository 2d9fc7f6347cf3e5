// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/mlp.h"

namespace headlens {

at::Tensor Mlp::inner(const at::Tensor& normed, Activation activation) const
{
    if (!gate.isDefined()) return up(normed, {.activation = activation, .outputForLinear = true});
    return up(normed,
              {.factor = gate(normed, {.activation = activation, .outputForLinear = true}), .outputForLinear = true});
}

void Mlp::pack(Precision precision, const at::Tensor& scale)
{
    up.pack(precision);
    gate.pack(precision);
    down.pack(precision, scale);
}

} // namespace headlens
