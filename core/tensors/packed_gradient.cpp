// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace headlens {
namespace {

using torch::autograd::AutogradContext;

struct HeldLayer : torch::CustomClassHolder {
    explicit HeldLayer(std::shared_ptr<const PackedLinear> held) : layer(std::move(held)) {}
    std::shared_ptr<const PackedLinear> layer;
};

struct PackedProduct : torch::autograd::Function<PackedProduct> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x,
                              const std::shared_ptr<const PackedLinear>& layer)
    {
        context->saved_data["layer"] = at::IValue::make_capsule(c10::make_intrusive<HeldLayer>(layer));
        return (*layer)(x.detach(), {});
    }
    static torch::autograd::variable_list backward(AutogradContext* context, torch::autograd::variable_list gradients)
    {
        const auto held = context->saved_data["layer"].toCapsule();
        const PackedLinear& layer = *static_cast<const HeldLayer&>(*held).layer;
        return {gradients[0].defined() ? layer.back(gradients[0]) : at::Tensor(), at::Tensor()};
    }
};

} // namespace

at::Tensor multipliedWithGradient(const at::Tensor& x, const std::shared_ptr<const PackedLinear>& layer)
{
    return PackedProduct::apply(x, layer);
}

} // namespace headlens
