// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/torch_version.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <optional>

namespace headlens {

at::Tensor fusedAttention([[maybe_unused]] const at::Tensor& q, [[maybe_unused]] const at::Tensor& k,
                          [[maybe_unused]] const at::Tensor& v, [[maybe_unused]] const at::Tensor& added,
                          [[maybe_unused]] double scale)
{
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    const auto mask = added.defined() ? std::optional<at::Tensor>(added) : std::nullopt;
    return at::scaled_dot_product_attention(q, k, v, mask, 0.0, false, scale);
#else
    return {};
#endif
}

} // namespace headlens
