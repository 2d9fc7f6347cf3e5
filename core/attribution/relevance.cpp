// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/relevance.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>

namespace headlens {

at::Tensor weightedMap(const at::Tensor& map, const at::Tensor& gradient)
{
    return (map.detach() * gradient)[0].clamp_min(0).mean(0);
}

at::Tensor relevance(const std::vector<at::Tensor>& maps, const at::Tensor& score, std::size_t from)
{
    const std::vector<at::Tensor> wanted(maps.begin() + std::ptrdiff_t(std::min(from, maps.size())), maps.end());
    if (wanted.empty()) return {};
    const auto gradients = torch::autograd::grad({score}, wanted, {}, /*retain_graph=*/true, /*create_graph=*/false,
                                                 /*allow_unused=*/true);
    at::Tensor carried = at::eye(wanted[0].size(3), wanted[0].options().requires_grad(false));
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (gradients[i].defined()) {
            const at::Tensor spread = at::matmul(weightedMap(wanted[i], gradients[i]), carried);
            carried = spread.size(0) == carried.size(0) ? carried + spread : spread; // a query of its own has no past
        }
    return carried;
}

} // namespace headlens
