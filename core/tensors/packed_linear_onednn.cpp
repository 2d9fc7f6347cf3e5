// SPDX-License-Identifier: GPL-3.0-or-later
// Packed layers by the system's oneDNN 2.
#include "core/tensors/packed_linear.h"

#include "core/tensors/onednn.h"
#include "core/tensors/processor.h"

#include <ATen/ATen.h>

#include <map>
#include <mutex>
#include <tuple>
#include <vector>

namespace headlens {

namespace {

using dnnl::memory;

void append(dnnl::post_ops& steps, Activation kind)
{
    switch (kind) {
    case Activation::Gelu: steps.append_eltwise(1, dnnl::algorithm::eltwise_gelu_erf, 0, 0); break;
    case Activation::GeluTanh: steps.append_eltwise(1, dnnl::algorithm::eltwise_gelu_tanh, 0, 0); break;
    case Activation::QuickGelu: steps.append_eltwise(1, dnnl::algorithm::eltwise_swish, 1.702F, 0); break;
    case Activation::Silu: steps.append_eltwise(1, dnnl::algorithm::eltwise_swish, 1, 0); break;
    case Activation::Relu: steps.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0); break;
    }
}

// rows, activation + 1 or 0, factor, added, output type
using Shape = std::tuple<std::int64_t, int, bool, bool, at::ScalarType>;

class OnednnLinear : public PackedLinear {
public:
    OnednnLinear(const at::Tensor& weight, const at::Tensor& bias, Precision precision);
    at::Tensor operator()(const at::Tensor& x, const After& after) const override;
    at::Tensor weight() const override;
    at::Tensor bias() const override;
    at::ScalarType type() const override { return m_type == memory::data_type::bf16 ? at::kBFloat16 : at::kFloat; }

private:
    dnnl::matmul::primitive_desc describe(const Shape& shape, const memory::desc& weights) const
    {
        const auto& [rows, activation, factor, added, outputType] = shape;
        dnnl::post_ops steps;
        if (activation > 0) append(steps, Activation(activation - 1));
        const memory::desc whole({rows, m_out}, memory::data_type::f32, memory::format_tag::ab);
        if (factor) steps.append_binary(dnnl::algorithm::binary_mul, {{rows, m_out}, m_type, memory::format_tag::ab});
        if (added) steps.append_binary(dnnl::algorithm::binary_add, whole);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(steps);
        const memory::desc source({rows, m_in}, m_type, memory::format_tag::ab);
        const memory::desc target({rows, m_out}, onednnType(outputType), memory::format_tag::ab);
        const dnnl::matmul::desc product = m_bias ? dnnl::matmul::desc(source, weights, m_bias.get_desc(), target)
                                                  : dnnl::matmul::desc(source, weights, target);
        return {product, attributes, onednnEngine()};
    }

    dnnl::matmul productFor(const Shape& shape) const
    {
        constexpr std::size_t kMost = 64; // shapes of pictures come and go
        const std::lock_guard lock(m_guard);
        const auto hit = m_products.find(shape);
        if (hit != m_products.end()) return hit->second;
        if (m_products.size() >= kMost) m_products.clear();
        return m_products.emplace(shape, dnnl::matmul(describe(shape, m_weight.get_desc()))).first->second;
    }

    std::int64_t m_in, m_out;
    memory::data_type m_type;
    memory m_weight, m_bias;
    mutable std::mutex m_guard; // of the table below
    mutable std::map<Shape, dnnl::matmul> m_products;
};

OnednnLinear::OnednnLinear(const at::Tensor& weight, const at::Tensor& bias, Precision precision)
    : m_in(weight.size(1)), m_out(weight.size(0)),
      m_type(precision == Precision::BFloat16 ? memory::data_type::bf16 : memory::data_type::f32)
{
    if (bias.defined()) {
        m_bias = memory({{1, m_out}, memory::data_type::f32, memory::format_tag::ab}, onednnEngine());
        std::copy_n(bias.contiguous().data_ptr<float>(), m_out, static_cast<float*>(m_bias.get_data_handle()));
    }
    // The layout that oneDNN prefers is the same for every count of rows (it depends on `in` and `out`).
    constexpr std::int64_t kUsualRows = 197;
    const memory::desc any({m_in, m_out}, m_type, memory::format_tag::any);
    const auto best = describe({kUsualRows, 0, false, false, OnednnLinear::type()}, any);
    m_weight = memory(best.weights_desc(), onednnEngine());
    const at::Tensor plain = weight.contiguous();
    const memory::desc rows({m_in, m_out}, memory::data_type::f32, memory::format_tag::ba); // W^T of [out,in]
    memory from(rows, onednnEngine(), plain.data_ptr<float>());
    dnnl::reorder(from, m_weight).execute(onednnStream(), from, m_weight);
    onednnStream().wait();
}

at::Tensor OnednnLinear::operator()(const at::Tensor& x, const After& after) const
{
    const at::ScalarType inside = type();
    const at::Tensor source = x.to(inside).contiguous();
    const std::int64_t rows = source.numel() / m_in;
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = m_out;
    const at::ScalarType outputType = after.feedsLinear ? inside : at::kFloat;
    at::Tensor result = at::empty(shape, x.options().dtype(outputType));
    if (rows == 0) return result;
    const int activation = after.activation ? int(*after.activation) + 1 : 0;
    const bool scaled = after.scale.defined(), adds = after.added.defined() && !scaled;
    const at::Tensor factor = after.factor.defined() ? after.factor.to(inside).contiguous() : at::Tensor();
    const at::Tensor added = adds ? after.added.contiguous() : at::Tensor();
    const auto view = [&](const at::Tensor& t, std::int64_t columns) {
        return memory({{rows, columns}, onednnType(t.scalar_type()), memory::format_tag::ab}, onednnEngine(),
                      t.data_ptr());
    };
    std::unordered_map<int, memory> arguments{
        {DNNL_ARG_SRC, view(source, m_in)}, {DNNL_ARG_WEIGHTS, m_weight}, {DNNL_ARG_DST, view(result, m_out)}};
    if (m_bias) arguments.insert({DNNL_ARG_BIAS, m_bias});
    int step = activation > 0 ? 1 : 0;
    const auto attach = [&](const at::Tensor& t) {
        arguments.insert({DNNL_ARG_ATTR_MULTIPLE_POST_OP(step++) | DNNL_ARG_SRC_1, view(t, m_out)});
    };
    if (factor.defined()) attach(factor);
    if (adds) attach(added);
    productFor({rows, activation, factor.defined(), adds, outputType}).execute(onednnStream(), arguments);
    onednnStream().wait();
    if (!scaled) return result;
    result.mul_(after.scale);
    return after.added.defined() ? result.add_(after.added) : result;
}

at::Tensor OnednnLinear::weight() const
{
    at::Tensor plain = at::empty({m_out, m_in}, at::kFloat);
    const memory::desc rows({m_in, m_out}, memory::data_type::f32, memory::format_tag::ba);
    memory to(rows, onednnEngine(), plain.data_ptr<float>());
    memory from = m_weight; // a handle
    dnnl::reorder(from, to).execute(onednnStream(), from, to);
    onednnStream().wait();
    return plain;
}

at::Tensor OnednnLinear::bias() const
{
    if (!m_bias) return {};
    return at::from_blob(m_bias.get_data_handle(), {m_out}, at::kFloat).clone();
}

} // namespace

bool packs(Precision precision)
{
    if (!packingAllowed()) return false;
    return precision == Precision::Float32 || (precision == Precision::BFloat16 && onednnHasBFloat16());
}

std::shared_ptr<const PackedLinear> packLinear(const at::Tensor& weight, const at::Tensor& bias, Precision precision)
{
    return std::make_shared<OnednnLinear>(weight, bias, precision);
}

} // namespace headlens
