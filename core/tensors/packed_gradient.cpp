// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/packed_linear.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <utility>

namespace headlens {
namespace {

struct PackedLinearBackward : torch::autograd::Node {
    std::shared_ptr<const PackedLinear> layer;

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override
    {
        return {gradients[0].defined() ? layer->back(gradients[0]) : at::Tensor()};
    }
};

} // namespace

at::Tensor multipliedWithGradient(const at::Tensor& x, std::shared_ptr<const PackedLinear> layer)
{
    const std::shared_ptr<PackedLinearBackward> node(new PackedLinearBackward, torch::autograd::deleteNode);
    node->set_next_edges(torch::autograd::collect_next_edges(x));
    at::Tensor result;
    {
        const c10::NoGradGuard noGradient;
        result = (*layer)(x.detach(), {});
    }
    node->layer = std::move(layer);
    torch::autograd::set_history(result, node);
    return result;
}

} // namespace headlens
