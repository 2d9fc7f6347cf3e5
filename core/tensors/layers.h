// SPDX-License-Identifier: GPL-3.0-or-later
// The small building blocks of every transformer: plain weights and a call. Work under autograd as well.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <initializer_list>
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

// Several linear layers of one input as one: weights and biases stacked; a missing bias beside present ones is zero.
Linear fusedLinear(std::initializer_list<const Linear*> parts);

// softmax(q k^T * scale + bias + mask) v, computed in chunks of the batch or of queries unless gradients are wanted.
// q, k, v [B,H,N,d]; bias [1 or B,H,Nq,Nk] and mask [B,1,Nq,Nk] may be undefined.
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                  const at::Tensor& bias = {}, const at::Tensor& mask = {});

} // namespace headlens
