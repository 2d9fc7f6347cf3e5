// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/layers.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace headlens {

at::Tensor Linear::operator()(const at::Tensor& x) const
{
    return at::linear(x, weight, bias);
}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const
{
    return at::layer_norm(x, {x.size(-1)}, weight, bias, eps);
}

Activation activationFrom(const std::string& name)
{
    static const std::array<std::pair<const char*, Activation>, 8> kNames{{{"gelu", Activation::Gelu},
                                                                           {"gelu_new", Activation::GeluTanh},
                                                                           {"gelu_pytorch_tanh", Activation::GeluTanh},
                                                                           {"gelu_fast", Activation::GeluTanh},
                                                                           {"quick_gelu", Activation::QuickGelu},
                                                                           {"silu", Activation::Silu},
                                                                           {"swish", Activation::Silu},
                                                                           {"relu", Activation::Relu}}};
    for (const auto& [known, kind] : kNames)
        if (name == known) return kind;
    throw Error(ErrorCode::BadConfig, "config.json", "hidden_act is \"" + name + "\", which is not known",
                "use gelu, gelu_new, quick_gelu, silu or relu");
}

at::Tensor activate(Activation kind, const at::Tensor& x)
{
    switch (kind) {
    case Activation::Gelu: return at::gelu(x);
    case Activation::GeluTanh: return at::gelu(x, "tanh");
    case Activation::QuickGelu: return x * at::sigmoid(1.702 * x);
    case Activation::Silu: return at::silu(x);
    case Activation::Relu: return at::relu(x);
    }
    return x;
}

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale)
{
    constexpr std::int64_t kChunk = 256;
    const at::Tensor keys = k.transpose(-2, -1);
    const std::int64_t queries = q.size(2);
    const auto part = [&](const at::Tensor& some) {
        return at::matmul(at::softmax(at::matmul(some, keys) * scale, -1), v);
    };
    if (queries <= 2 * kChunk || q.requires_grad()) return part(q);
    std::vector<at::Tensor> parts;
    for (std::int64_t begin = 0; begin < queries; begin += kChunk)
        parts.push_back(part(q.slice(2, begin, std::min(begin + kChunk, queries))));
    return at::cat(parts, 2);
}

} // namespace headlens
