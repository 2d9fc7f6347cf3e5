// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/layers.h"

#include "core/base/error.h"
#include "core/tensors/head_attention.h"
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace headlens {

namespace {

at::Tensor followed(at::Tensor y, const After& after)
{
    if (after.activation) y = activate(*after.activation, y);
    if (after.factor.defined()) y = y * after.factor;
    if (after.scale.defined()) y = y * after.scale;
    return after.added.defined() ? y + after.added : y;
}

} // namespace

at::Tensor Linear::operator()(const at::Tensor& x, const After& after) const
{
    if (!packed) return followed(at::linear(x, weight, bias), after);
    if (x.requires_grad()) return followed(at::linear(x, packed->weight(), packed->bias()), after);
    return (*packed)(x, after);
}

void Linear::pack(Precision precision, const at::Tensor& scale)
{
    if (!weight.defined() || !packs(precision)) return;
    const bool scaled = scale.defined();
    packed = packLinear(scaled ? weight * scale.unsqueeze(1) : weight, scaled && bias.defined() ? bias * scale : bias,
                        precision);
    weight = bias = at::Tensor();
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

Linear fusedLinear(std::initializer_list<const Linear*> parts)
{
    std::vector<at::Tensor> weights, biases;
    bool biased = false;
    for (const Linear* part : parts) {
        weights.push_back(part->weight);
        biased = biased || part->bias.defined();
        biases.push_back(part->bias.defined() ? part->bias : at::zeros({part->outputs()}, part->weight.options()));
    }
    return {at::cat(weights), biased ? at::cat(biases) : at::Tensor()};
}

namespace {

at::Tensor attendAtOnce(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                        const at::Tensor& bias, const at::Tensor& mask)
{
    at::Tensor scores = at::matmul(q, k.transpose(-2, -1)) * scale;
    if (bias.defined()) scores = scores + bias;
    if (mask.defined()) scores = scores + mask;
    return at::matmul(at::softmax(scores, -1), v);
}

// The rows [begin,end) of `dim`; what is undefined or broadcast there stays as it is.
at::Tensor part(const at::Tensor& tensor, std::int64_t dim, std::int64_t begin, std::int64_t end)
{
    return tensor.defined() && tensor.size(dim) > 1 ? tensor.slice(dim, begin, end) : tensor;
}

// [B,H,N,d] -> [B,N,H*d]
at::Tensor sideBySide(const at::Tensor& heads)
{
    return heads.transpose(1, 2).reshape({heads.size(0), heads.size(2), -1});
}

} // namespace

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale, const at::Tensor& bias,
                  const at::Tensor& mask)
{
    if (canAttendHeads(q, k, v)) return attendHeads(q, k, v, scale, bias, mask);
    constexpr std::int64_t kMostScores = 8'000'000; // 32 MB at a time
    const std::int64_t batch = q.size(0), queries = q.size(2), perRow = q.size(1) * k.size(2);
    if (batch * queries * perRow <= kMostScores || q.requires_grad())
        return sideBySide(attendAtOnce(q, k, v, scale, bias, mask));
    std::vector<at::Tensor> parts;
    if (queries * perRow <= kMostScores) { // many windows: some of them at a time
        const std::int64_t step = kMostScores / (queries * perRow);
        for (std::int64_t begin = 0; begin < batch; begin += step) {
            const auto some = [&](const at::Tensor& t) { return part(t, 0, begin, std::min(begin + step, batch)); };
            parts.push_back(attendAtOnce(some(q), some(k), some(v), scale, some(bias), some(mask)));
        }
        return sideBySide(at::cat(parts, 0));
    }
    const std::int64_t step = std::max<std::int64_t>(1, kMostScores / (batch * perRow));
    for (std::int64_t begin = 0; begin < queries; begin += step) {
        const auto some = [&](const at::Tensor& t) { return part(t, 2, begin, std::min(begin + step, queries)); };
        parts.push_back(attendAtOnce(some(q), k, v, scale, some(bias), some(mask)));
    }
    return sideBySide(at::cat(parts, 2));
}

} // namespace headlens
