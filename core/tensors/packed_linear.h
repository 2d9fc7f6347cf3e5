// SPDX-License-Identifier: GPL-3.0-or-later
// A linear layer whose weights lie as oneDNN's kernels read them, for inference on the CPU: what follows the product
// (bias, activation, residual) costs no pass of its own.
#pragma once

#include "core/tensors/layers.h"

#include <ATen/core/Tensor.h>

#include <memory>

namespace headlens {

class PackedLinear {
public:
    virtual ~PackedLinear() = default;
    // x [...,in] -> [...,out]. Called by one thread, always the same: oneDNN's scratch space belongs to it.
    virtual at::Tensor operator()(const at::Tensor& x, const After& after) const = 0;
    virtual at::ScalarType type() const = 0; // of the products
    // As they were given, up to the rounding of the precision; copies.
    virtual at::Tensor weight() const = 0;
    virtual at::Tensor bias() const = 0;
};

// Whether this build and this processor have kernels for `precision`.
bool packs(Precision precision);

// weight [out,in], bias [out] or undefined; both float32 on the CPU, copied. Null where packs() is false.
std::shared_ptr<const PackedLinear> packLinear(const at::Tensor& weight, const at::Tensor& bias, Precision precision);

} // namespace headlens
