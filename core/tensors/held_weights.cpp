// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/held_weights.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headlens {
namespace {

using torch::autograd::AutogradContext;

struct Holder : torch::CustomClassHolder {
    explicit Holder(std::shared_ptr<const HeldWeights> given) : weights(std::move(given)) {}
    std::shared_ptr<const HeldWeights> weights;
};

struct HeldProduct : torch::autograd::Function<HeldProduct> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x,
                              const std::shared_ptr<const HeldWeights>& weights)
    {
        context->saved_data["weights"] = at::IValue::make_capsule(c10::make_intrusive<Holder>(weights));
        return weights->multiply(x.detach(), {}, {});
    }
    static torch::autograd::variable_list backward(AutogradContext* context, torch::autograd::variable_list gradients)
    {
        const auto held = context->saved_data["weights"].toCapsule();
        const HeldWeights& weights = *static_cast<const Holder&>(*held).weights;
        return {gradients[0].defined() ? weights.back(gradients[0]) : at::Tensor(), at::Tensor()};
    }
};

} // namespace

at::Tensor HeldWeights::rows(const at::Tensor& ids) const
{
    return at::embedding(widen(), ids);
}

at::Tensor multipliedWithGradient(const at::Tensor& x, const std::shared_ptr<const HeldWeights>& weights,
                                  const at::Tensor& bias)
{
    const at::Tensor y = HeldProduct::apply(x, weights); // which takes no undefined tensor
    return bias.defined() ? y + bias : y;
}

} // namespace headlens
