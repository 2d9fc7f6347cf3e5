// SPDX-License-Identifier: GPL-3.0-or-later
// A linear layer whose weights lie as the kernels of this processor read them, for inference on the CPU: what follows
// the product (bias, activation, residual) costs no pass of its own.
#pragma once

#include "core/kernels/panel_product.h"
#include "core/tensors/held_weights.h"

#include <ATen/core/Tensor.h>

namespace headlens {

class PackedLinear : public HeldWeights {
public:
    // weight [out,in], float32 on the CPU. `precision` is one that packs(). The weights are copied, or packed where
    // they lie if nobody else holds them.
    PackedLinear(at::Tensor weight, Precision precision);
    at::Tensor multiply(const at::Tensor& x, const at::Tensor& bias, const After& after) const override;
    at::Tensor back(const at::Tensor& gradient) const override;
    at::ScalarType type() const override { return m_operand == Operand::BFloat16 ? at::kBFloat16 : at::kFloat; }
    // As they were given, up to the rounding of the precision.
    at::Tensor widen() const override;

private:
    Operand m_operand;
    at::Tensor m_panels;        // units of 32 bits, whatever the tensor's type says
    at::Tensor m_steps, m_sums; // [out]: of Int8, as in QuantizedSides
};

// Whether this processor has kernels for `precision`, and HEADLENS_PACKED does not forbid them.
bool packs(Precision precision);

} // namespace headlens
