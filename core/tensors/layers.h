// SPDX-License-Identifier: GPL-3.0-or-later
// The small building blocks of every transformer: plain weights and a call. Work under autograd as well.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

namespace headlens {

class PackedLinear;

enum class Activation : std::uint8_t { Gelu, GeluTanh, QuickGelu, Silu, Relu };

// In what the weights are multiplied. Sums, norms, softmax, queries and keys are float32 in both.
enum class Precision : std::uint8_t { Float32, BFloat16 };

// What follows a product, in this order: activation, factor, scale, added. [...,out] each, the scale [out].
struct After {
    std::optional<Activation> activation = {};
    at::Tensor factor = {}, scale = {}, added = {};
    bool feedsLinear = false; // only a linear layer reads the result: it may come in the precision of the weights
};

// y = x W^T + b. weight [out,in], bias [out] or undefined. Two faces: plain tensors (CUDA, gradients) and, after
// pack(), the weights as the CPU's kernels read them.
struct Linear {
    at::Tensor weight, bias;
    std::shared_ptr<const PackedLinear> packed = {};

    at::Tensor operator()(const at::Tensor& x, const After& after = {}) const;
    // Gives the plain weights up for packed ones, each row times `scale` [out] where one is given. Does nothing where
    // the build or the processor has no such kernels.
    void pack(Precision precision, const at::Tensor& scale = {});
    bool isDefined() const { return weight.defined() || packed != nullptr; }
    std::int64_t outputs() const { return weight.size(0); }
};

// Over the last dimension, biased variance, eps inside the root.
struct LayerNorm {
    at::Tensor weight, bias;
    double eps = 1e-12;
    at::Tensor operator()(const at::Tensor& x) const;
};

// The names config.json uses ("gelu", "gelu_new", "quick_gelu", ...). Throws Error(BadConfig) for others.
Activation activationFrom(const std::string& name);
at::Tensor activate(Activation kind, const at::Tensor& x);

// Several linear layers of one input as one: weights and biases stacked; a missing bias beside present ones is zero.
Linear fusedLinear(std::initializer_list<const Linear*> parts);

// softmax(q k^T * scale + bias + mask) v, computed in chunks of the batch or of queries unless gradients are wanted.
// q, k, v [B,H,N,d]; bias [1 or B,H,Nq,Nk] and mask [B,1,Nq,Nk] may be undefined. The heads side by side: [B,Nq,H*d].
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                  const at::Tensor& bias = {}, const at::Tensor& mask = {});

} // namespace headlens
