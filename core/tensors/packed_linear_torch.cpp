// SPDX-License-Identifier: GPL-3.0-or-later
// Packed layers by the oneDNN inside LibTorch 2, through the operators that torch.compile uses (torch/_inductor/
// mkldnn_lowerings.py names them). A LibTorch without them packs nothing.
// In bfloat16 these operators round their results, too; oneDNN 2 beside LibTorch 1.13 leaves them in float32.
#include "core/tensors/packed_linear.h"
#include "core/tensors/processor.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

namespace headlens {
namespace {

using Operator = c10::optional<c10::OperatorHandle>;

Operator find(const char* name, const char* overload)
{
    return c10::Dispatcher::singleton().findSchema({name, overload});
}

// mkldnn::_reorder_linear_weight(Tensor self, int? batch_size) -> Tensor
const Operator& reorder()
{
    static const Operator kFound = find("mkldnn::_reorder_linear_weight", "");
    return kFound;
}

// mkldnn::_linear_pointwise(Tensor X, Tensor W, Tensor? B, str attr, Scalar?[] scalars, str? algorithm) -> Tensor
const Operator& pointwise()
{
    static const Operator kFound = find("mkldnn::_linear_pointwise", "");
    return kFound;
}

// mkldnn::_linear_pointwise.binary(Tensor X, Tensor other, Tensor W, Tensor? B, str attr) -> Tensor
const Operator& binary()
{
    static const Operator kFound = find("mkldnn::_linear_pointwise", "binary");
    return kFound;
}

at::Tensor call(const Operator& op, torch::jit::Stack arguments)
{
    op->callBoxed(arguments);
    return arguments.front().toTensor();
}

// What the operator calls an activation, and its kind; QuickGelu's factor is unknown to it.
struct Name {
    const char *attribute, *algorithm;
};

constexpr Name nameOf(Activation kind)
{
    switch (kind) {
    case Activation::Gelu: return {"gelu", "none"};
    case Activation::GeluTanh: return {"gelu", "tanh"};
    case Activation::Silu: return {"swish", ""};
    case Activation::Relu: return {"relu", ""};
    case Activation::QuickGelu: break;
    }
    return {nullptr, nullptr};
}

class TorchLinear : public PackedLinear {
public:
    TorchLinear(const at::Tensor& weight, const at::Tensor& bias, at::ScalarType type)
        : m_type(type), m_weight(call(reorder(), {weight.to(type).contiguous(), c10::IValue()}))
    {
        if (bias.defined()) m_bias = bias.to(type, /*non_blocking=*/false, /*copy=*/true);
    }
    at::Tensor operator()(const at::Tensor& x, const After& after) const override;
    at::Tensor weight() const override { return m_weight.to_dense().to(at::kFloat); }
    at::Tensor bias() const override { return m_bias.defined() ? m_bias.to(at::kFloat, false, true) : at::Tensor(); }
    at::ScalarType type() const override { return m_type; }

private:
    c10::IValue biasValue() const { return m_bias.defined() ? c10::IValue(m_bias) : c10::IValue(); }
    at::Tensor product(const at::Tensor& x, Name activation) const
    {
        return call(pointwise(), {x, m_weight, biasValue(), activation.attribute,
                                  c10::List<c10::optional<at::Scalar>>(), activation.algorithm});
    }
    at::Tensor productAnd(const at::Tensor& x, const at::Tensor& other, const char* step) const
    {
        return call(binary(), {x, other.to(m_type).contiguous(), m_weight, biasValue(), step});
    }

    at::ScalarType m_type;
    at::Tensor m_weight, m_bias; // packed [out,in]; [out] or undefined
};

at::Tensor TorchLinear::operator()(const at::Tensor& x, const After& after) const
{
    const at::Tensor source = x.to(m_type).contiguous();
    After rest = after; // what the product does not do in passing
    at::Tensor y;
    if (after.activation && nameOf(*after.activation).attribute != nullptr) {
        y = product(source, nameOf(*after.activation));
        rest.activation.reset();
    } else if (!after.activation && after.factor.defined()) {
        y = productAnd(source, after.factor, "mul");
        rest.factor = at::Tensor();
    } else if (!after.activation && !after.scale.defined() && after.added.defined() && m_type == at::kFloat) {
        y = productAnd(source, after.added, "add");
        rest.added = at::Tensor();
    } else {
        y = product(source, {"none", ""});
    }
    if (!after.feedsLinear) y = y.to(at::kFloat);
    return followed(y, rest);
}

} // namespace

bool packs(Precision precision)
{
    if (!packingAllowed() || !reorder() || !pointwise() || !binary()) return false;
    return precision == Precision::Float32 || (precision == Precision::BFloat16 && hasFastBFloat16());
}

std::shared_ptr<const PackedLinear> packLinear(const at::Tensor& weight, const at::Tensor& bias, Precision precision)
{
    return std::make_shared<TorchLinear>(weight, bias, typeOf(precision));
}

} // namespace headlens
