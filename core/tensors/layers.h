// SPDX-License-Identifier: GPL-3.0-or-later
// The small building blocks of every transformer: plain weights and a call. Work under autograd as well.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace headlens {

// y = x W^T + b. weight [out,in], bias [out] or undefined.
struct Linear {
    at::Tensor weight, bias;
    at::Tensor operator()(const at::Tensor& x) const;
    std::int64_t outputs() const { return weight.size(0); }
};

// Over the last dimension, biased variance, eps inside the root.
struct LayerNorm {
    at::Tensor weight, bias;
    double eps = 1e-12;
    at::Tensor operator()(const at::Tensor& x) const;
};

enum class Activation : std::uint8_t { Gelu, GeluTanh, QuickGelu, Silu, Relu };

// The names config.json uses ("gelu", "gelu_new", "quick_gelu", ...). Throws Error(BadConfig) for others.
Activation activationFrom(const std::string& name);
at::Tensor activate(Activation kind, const at::Tensor& x);

// softmax(q k^T * scale) v, computed in chunks of queries unless gradients are wanted. All [B,H,N,d].
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale);

} // namespace headlens
