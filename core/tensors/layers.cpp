// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/layers.h"

#include "core/base/error.h"
#include "core/kernels/row_kernels.h"
#include "core/kernels/workers.h"
#include "core/tensors/head_attention.h"
#include "core/tensors/packed_linear.h"
#include "core/tensors/passing_product.h"
#include "core/tensors/profile.h"
#include "core/tensors/relevance_rules.h"
#include "core/tensors/torch_version.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace headlens {

namespace {

// followed() while relevance is propagated (relevance_rules.h).
at::Tensor followedByRules(at::Tensor y, const After& after)
{
    if (after.activation) y = activate(*after.activation, y);
    if (after.factor.defined()) y = relevant::product(y, after.factor);
    if (after.scale.defined()) y = relevant::passed(y, y * after.scale);
    return after.added.defined() ? relevant::sum(y, after.added) : y;
}

} // namespace

at::Tensor followed(at::Tensor y, const After& after)
{
    if (RelevanceRules::areOn()) return followedByRules(y, after);
    if (after.activation) y = activate(*after.activation, y);
    if (after.factor.defined()) y = y * after.factor;
    if (after.scale.defined()) y = y * after.scale;
    return after.added.defined() ? y + after.added : y;
}

at::Tensor Linear::operator()(const at::Tensor& x, const After& after) const
{
    if (RelevanceRules::areOn()) return followed(relevant::linear(x, held ? held->widen() : weight, bias), after);
    if (!held && canMultiplyPlain(x, weight)) return multiplyPlain(x, weight, bias, after);
    if (!held) return followed(at::linear(x, weight, bias), after);
    if (x.requires_grad()) return followed(multipliedWithGradient(x, held, bias), after);
    return held->multiply(x, bias, after);
}

at::ScalarType Linear::operandType() const
{
    return held ? held->type() : weight.defined() ? weight.scalar_type() : at::kFloat;
}

void Linear::pack(Precision precision, const at::Tensor& scale)
{
    if (!isDefined() || !packs(precision)) return;
    const bool scaled = scale.defined();
    if (held && !scaled) return;
    if (held) weight = std::exchange(held, nullptr)->widen();
    held = std::make_shared<PackedLinear>(scaled ? weight * scale.unsqueeze(1) : std::exchange(weight, {}), precision);
    weight = at::Tensor();
    if (bias.defined()) // of its own, lest it holds a larger tensor that it is cut from
        bias = (scaled ? bias * scale : bias).to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous();
}

std::int64_t Linear::outputs() const
{
    return held ? held->outputs() : weight.size(0);
}

at::Tensor Linear::rows(const at::Tensor& ids) const
{
    return held ? held->rows(ids) : at::embedding(weight, ids);
}

at::Tensor PatchEmbedding::operator()(const at::Tensor& pixels) const
{
    if (!layer.held) return at::conv2d(pixels, layer.weight, layer.bias, {patch, patch}).permute({0, 2, 3, 1});
    const std::int64_t b = pixels.size(0), c = pixels.size(1), gh = pixels.size(2) / patch, gw = pixels.size(3) / patch;
    const at::Tensor cut = pixels.slice(2, 0, gh * patch).slice(3, 0, gw * patch);
    const at::Tensor rows = cut.reshape({b, c, gh, patch, gw, patch}).permute({0, 2, 4, 1, 3, 5});
    return layer(rows.reshape({b, gh, gw, c * patch * patch}));
}

void PatchEmbedding::pack(Precision precision)
{
    if (!layer.weight.defined() || !packs(precision)) return;
    layer.weight = layer.weight.flatten(1); // [D,C*p*p]
    // Little work, and all that follows rests on it: pixels are not rounded to whole numbers once more.
    layer.pack(precision == Precision::Int8 ? Precision::Float32 : precision);
}

namespace {

struct PrecisionRow {
    std::string_view name;
    at::ScalarType type; // on a GPU
    bool onGpu;
};
constexpr std::array<PrecisionRow, 5> kPrecisions{{{"float32", at::kFloat, true},
                                                   {"bfloat16", at::kBFloat16, true},
                                                   {"float16", at::kHalf, true},
                                                   {"int8", at::kFloat, false},
                                                   {"stored", at::kFloat, false}}}; // by Precision

bool isFast(Precision precision, const std::string& device)
{
    if (precision == Precision::Float32) return true;
    if (precision == Precision::Stored) return device == "cpu";
    return device == "cpu" ? packs(precision) : kPrecisions.at(std::size_t(precision)).onGpu;
}

} // namespace

Precision precisionFrom(const std::string& name, const std::string& device)
{
    const auto found = std::ranges::find(kPrecisions, name, &PrecisionRow::name);
    if (found == kPrecisions.end())
        throw Error(ErrorCode::Usage, "precision",
                    "\"" + name + "\" is not float32, bfloat16, float16, int8 or stored");
    const auto precision = Precision(found - kPrecisions.begin());
    if (!isFast(precision, device))
        throw Error(ErrorCode::DeviceMissing, name,
                    device == "cpu" ? "is not computed by this processor" : "is not computed on a GPU",
                    "choose float32");
    return precision;
}

std::vector<std::string> precisionsOf(const std::string& device)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kPrecisions.size(); ++i)
        if (isFast(Precision(i), device)) names.emplace_back(kPrecisions.at(i).name);
    return names;
}

at::ScalarType typeOf(Precision precision)
{
    return kPrecisions.at(std::size_t(precision)).type;
}

namespace {

// Rows that our kernels can take: float32 on the CPU, without gradients.
bool isNormalizable(const LayerNorm& norm, const at::Tensor& x)
{
    return packs(Precision::Float32) && x.device().is_cpu() && x.scalar_type() == at::kFloat && !x.requires_grad() &&
           x.is_contiguous() && x.numel() > 0 && !norm.rms && norm.weight.defined() && norm.bias.defined() &&
           norm.weight.scalar_type() == at::kFloat && !norm.weight.requires_grad();
}

at::Tensor normalized(const LayerNorm& norm, const at::Tensor& x, at::ScalarType type)
{
    const std::int64_t columns = x.size(-1), rows = x.numel() / columns;
    at::Tensor normed = at::empty(x.sizes(), x.options().dtype(type));
    constexpr std::int64_t kFewest = 16; // rows for a thread
    const Profiled profiled(0, [&] { return "norm " + std::to_string(columns); });
    parallelFor(rows, kFewest, [&](std::int64_t begin, std::int64_t end) {
        const NormalizedRows part{
            x.data_ptr<float>() + begin * columns, end - begin, columns, norm.weight.data_ptr<float>(),
            norm.bias.data_ptr<float>(),           norm.eps};
        if (type == at::kBFloat16)
            normalizeRowsRounded(part, static_cast<std::uint16_t*>(normed.data_ptr()) + begin * columns);
        else
            normalizeRows(part, normed.data_ptr<float>() + begin * columns);
    });
    return normed;
}

} // namespace

at::Tensor LayerNorm::operator()(const at::Tensor& x) const
{
    if (RelevanceRules::areOn()) return relevant::passed(x, normed(x.detach()));
    return normed(x);
}

at::Tensor LayerNorm::normed(const at::Tensor& x) const
{
    if (rms) return x * at::rsqrt(x.square().mean(-1, /*keepdim=*/true) + eps) * weight;
    if (isNormalizable(*this, x)) return normalized(*this, x, at::kFloat);
    return at::layer_norm(x, {x.size(-1)}, weight, bias, eps);
}

at::Tensor LayerNorm::operator()(const at::Tensor& x, const Linear& reader) const
{
    const at::ScalarType type = reader.operandType();
    const bool fits = type == at::kFloat || type == at::kBFloat16;
    return reader.held && fits && isNormalizable(*this, x) ? normalized(*this, x, type) : (*this)(x).to(type);
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
    if (RelevanceRules::areOn() && x.requires_grad()) return relevant::passed(x, activate(kind, x.detach()));
    switch (kind) {
    case Activation::Gelu: return at::gelu(x);
    case Activation::GeluTanh: return at::gelu(x, "tanh");
    case Activation::QuickGelu: return x * at::sigmoid(1.702 * x);
    case Activation::Silu: return at::silu(x);
    case Activation::Relu: return at::relu(x);
    }
    return x;
}

at::Tensor tanhOf(const at::Tensor& x)
{
    return RelevanceRules::areOn() ? relevant::passed(x, at::tanh(x.detach())) : at::tanh(x);
}

at::Tensor meanOf(const at::Tensor& x, std::int64_t dim)
{
    return RelevanceRules::areOn() ? relevant::mean(x, dim) : x.mean(dim);
}

namespace {

at::Tensor withTerms(at::Tensor scores, const ScoreTerms& terms)
{
    scores = capped(scores, terms.cap);
    if (terms.bias.defined()) scores = scores + terms.bias;
    return terms.mask.defined() ? scores + terms.mask : scores;
}

at::Tensor attendAtOnce(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                        const ScoreTerms& terms)
{
    return at::matmul(at::softmax(withTerms(at::matmul(q, k.transpose(-2, -1)) * scale, terms), -1), v);
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

at::Tensor attendInChunks(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                          const ScoreTerms& terms)
{
    constexpr std::int64_t kMostScores = 8'000'000; // 32 MB at a time
    const std::int64_t batch = q.size(0), queries = q.size(2), perRow = q.size(1) * k.size(2);
    if (batch * queries * perRow <= kMostScores || q.requires_grad())
        return sideBySide(attendAtOnce(q, k, v, scale, terms));
    std::vector<at::Tensor> parts;
    if (queries * perRow <= kMostScores) { // many windows: some of them at a time
        const std::int64_t step = kMostScores / (queries * perRow);
        for (std::int64_t begin = 0; begin < batch; begin += step) {
            const auto some = [&](const at::Tensor& t) { return part(t, 0, begin, std::min(begin + step, batch)); };
            parts.push_back(attendAtOnce(some(q), some(k), some(v), scale,
                                         {.cap = terms.cap, .bias = some(terms.bias), .mask = some(terms.mask)}));
        }
        return sideBySide(at::cat(parts, 0));
    }
    const std::int64_t step = std::max<std::int64_t>(1, kMostScores / (batch * perRow));
    for (std::int64_t begin = 0; begin < queries; begin += step) {
        const auto some = [&](const at::Tensor& t) { return part(t, 2, begin, std::min(begin + step, queries)); };
        parts.push_back(
            attendAtOnce(some(q), k, v, scale, {.cap = terms.cap, .bias = some(terms.bias), .mask = some(terms.mask)}));
    }
    return sideBySide(at::cat(parts, 2));
}

// The device's own fused kernel, where this LibTorch has one.
at::Tensor attendOnDevice(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                          const ScoreTerms& terms)
{
    const auto& [cap, bias, mask, edges] = terms;
    const at::Tensor added = !mask.defined() ? bias : !bias.defined() ? mask : bias + mask;
    const at::Tensor result = cap > 0 ? at::Tensor() : fusedAttention(q, k, v, added, scale);
    return result.defined() ? sideBySide(result) : attendInChunks(q, k, v, scale, terms);
}

} // namespace

at::Tensor attendWithMaps(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale,
                          const ScoreTerms& terms, std::vector<at::Tensor>* maps)
{
    const bool byRules = RelevanceRules::areOn();
    const at::Tensor products = byRules ? relevant::matmul(q, k.transpose(-2, -1)) : at::matmul(q, k.transpose(-2, -1));
    at::Tensor map = at::softmax(withTerms(products * scale, terms), -1);
    if (byRules) map = relevant::passed(products, map);
    if (terms.edges.defined()) map = map * terms.edges;
    if (maps != nullptr) {
        if (!map.requires_grad()) map = map.detach().requires_grad_();
        maps->push_back(map);
    }
    return sideBySide(byRules ? relevant::matmul(map, v) : at::matmul(map, v));
}

at::Tensor capped(const at::Tensor& scores, double cap)
{
    return cap > 0 ? cap * at::tanh(scores / cap) : scores;
}

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, double scale, const ScoreTerms& terms,
                  const Linear& reader)
{
    if (terms.cap == 0 && canAttendHeads(q, k, v))
        return attendHeads(q, k, v, scale, terms.bias, terms.mask, reader.operandType());
    if (!q.device().is_cpu() && !q.requires_grad()) return attendOnDevice(q, k, v, scale, terms);
    return attendInChunks(q, k, v, scale, terms);
}

} // namespace headlens
