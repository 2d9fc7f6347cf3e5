// SPDX-License-Identifier: GPL-3.0-or-later
// The small building blocks of every transformer: plain weights and a call. Work under autograd as well.
#pragma once

#include "core/kernels/activation.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

class HeldWeights;

// In what the weights are multiplied. Sums, norms, softmax, queries and keys are float32 in all. Int8: each row of the
// weights as whole numbers from -127 to 127 times a step of its own, what is multiplied with them as 256 steps from its
// smallest to its largest, token by token. Stored: as Float32, but the weights stay in memory as the file has them and
// are unpacked on the way.
enum class Precision : std::uint8_t { Float32, BFloat16, Float16, Int8, Stored };

// "float32", "bfloat16", "float16", "int8", "stored". Throws Error(Usage) for others and Error(DeviceMissing) where
// `device`
// ("cpu", "cuda") is not fast in it.
Precision precisionFrom(const std::string& name, const std::string& device);
std::vector<std::string> precisionsOf(const std::string& device); // that precisionFrom() takes
at::ScalarType typeOf(Precision precision);                       // of weights and activations on a GPU

// What follows a product, in this order: activation, factor, scale, added. [...,out] each, the scale [out].
struct After {
    std::optional<Activation> activation = {};
    at::Tensor factor = {}, scale = {}, added = {};
    bool outputForLinear = false; // only a linear layer reads the result: it may come in the precision of the weights
};

at::Tensor followed(at::Tensor y, const After& after); // y [...,out] -> [...,out]

// y = x W^T + b. weight [out,in], bias [out] or undefined. Two faces: plain tensors (CUDA, gradients) and, with
// `weight` undefined, weights that are held in another form: as the CPU's kernels read them (pack()), or as the file
// stores them (stored_linear.h).
struct Linear {
    at::Tensor weight, bias;
    std::shared_ptr<const HeldWeights> held = {};

    at::Tensor operator()(const at::Tensor& x, const After& after = {}) const;
    // Gives the plain weights up for packed ones, each row (and the bias) times `scale` [out] where one is given. Does
    // nothing where the build or the processor has no such kernels; stored ones stay as they are without a scale.
    void pack(Precision precision, const at::Tensor& scale = {});
    // `x` as this layer reads it, for several layers that read the same.
    at::Tensor operand(const at::Tensor& x) const { return x.to(operandType()); }
    at::ScalarType operandType() const;
    bool isDefined() const { return weight.defined() || held != nullptr; }
    std::int64_t outputs() const;
    at::Device device() const { return held != nullptr ? at::Device(at::kCPU) : weight.device(); }
    // The rows `ids` [...] of weights that are a table -> [...,in]. Demands 0 <= id < outputs().
    at::Tensor rows(const at::Tensor& ids) const;
};

// The patches of a picture side by side and each through one layer, as a convolution with stride = kernel does.
// weight [D,C,p,p]; pack() as in Linear.
struct PatchEmbedding {
    Linear layer;
    std::int64_t patch = 1; // pixels a side
    // pixels [B,C,H,W] -> [B,gh,gw,D]; what is left over on the right and below is dropped.
    at::Tensor operator()(const at::Tensor& pixels) const;
    void pack(Precision precision);
};

// Over the last dimension, biased variance, eps inside the root; with `rms` neither mean nor bias (T5).
struct LayerNorm {
    at::Tensor weight, bias;
    double eps = 1e-12;
    bool rms = false;
    at::Tensor operator()(const at::Tensor& x) const;
    // As `reader` takes it, without a pass of its own.
    at::Tensor operator()(const at::Tensor& x, const Linear& reader) const;

private:
    at::Tensor normed(const at::Tensor& x) const;
};

// The names config.json uses ("gelu", "gelu_new", "quick_gelu", ...). Throws Error(BadConfig) for others.
Activation activationFrom(const std::string& name);
at::Tensor activate(Activation kind, const at::Tensor& x);
// Of heads; like all operators here they follow RelevanceRules.
at::Tensor tanhOf(const at::Tensor& x);
at::Tensor meanOf(const at::Tensor& x, std::int64_t dim); // the dimension goes

// What is done to the scores of an attention, in this order: `cap` bounds them (capped()), `bias` [1 or B,H,Nq,Nk] and
// `mask` [B,1,Nq,Nk] are added, `edges` multiplies the weights after softmax. Each may be undefined, the cap 0.
struct ScoreTerms {
    double cap = 0;
    at::Tensor bias = {}, mask = {}, edges = {};
};

// cap * tanh(scores / cap): never beyond the cap (Gemma 2); `scores` themselves where the cap is 0.
at::Tensor capped(const at::Tensor& scores, double cap);

// As attend(), but the whole map [B,H,Nq,Nk] exists, and is appended to `maps`, where that is given, as a node of the
// graph that the result comes from, also where nothing before it needs gradients. For methods that ask what a score
// rests on.
at::Tensor attendWithMaps(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                          const ScoreTerms& terms, std::vector<at::Tensor>* maps);

// softmax(capped(q k^T * scale) + bias + mask) v, computed in chunks of the batch or of queries unless gradients are
// wanted. q, k, v [B,H,N,d]; `terms` without edges. The heads side by side, [B,Nq,H*d], as `reader` takes them.
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                  const ScoreTerms& terms = {}, const Linear& reader = {});

} // namespace headlens
