// SPDX-License-Identifier: GPL-3.0-or-later
// A linear layer whose weights lie as the kernels of this processor read them, for inference on the CPU: what follows
// the product (bias, activation, residual) costs no pass of its own.
#pragma once

#include "core/kernels/panel_product.h"
#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

namespace headlens {

class PackedLinear {
public:
    // weight [out,in], bias [out] or undefined; both float32 on the CPU. `precision` is one that packs(). The weights
    // are copied, or packed where they lie if nobody else holds them.
    PackedLinear(at::Tensor weight, const at::Tensor& bias, Precision precision);
    // x [...,in] -> [...,out]. Thread-safe.
    at::Tensor operator()(const at::Tensor& x, const After& after) const;
    // The way back: gradients of the result [...,out] -> of x [...,in], by the same kernels.
    at::Tensor back(const at::Tensor& gradient) const;
    // In which x is best given.
    at::ScalarType type() const { return m_operand == Operand::BFloat16 ? at::kBFloat16 : at::kFloat; }
    // As they were given, up to the rounding of the precision; copies.
    at::Tensor weight() const;
    at::Tensor bias() const;

private:
    std::int64_t m_in, m_out;
    Operand m_operand;
    at::Tensor m_panels, m_bias; // units of 32 bits, whatever the tensor's type says; [out] or undefined
    at::Tensor m_steps, m_sums;  // [out]: of Int8, as in QuantizedSides
};

// What `layer` makes of x as a node of x's graph: there by our kernels, back by its weights, which are unpacked for
// that moment. The weights themselves get no gradient.
at::Tensor multipliedWithGradient(const at::Tensor& x, const std::shared_ptr<const PackedLinear>& layer);

// The same with weights [out,in] as they were read, packed in passing, a panel at a time: for a matrix that is a table
// of embeddings as well, or used but once. Float32 on the CPU, and nothing that needs gradients.
bool canMultiplyPlain(const at::Tensor& x, const at::Tensor& weight);
at::Tensor multiplyPlain(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const After& after);

// Whether this processor has kernels for `precision`, and HEADLENS_PACKED does not forbid them.
bool packs(Precision precision);

} // namespace headlens
