// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/mask.h"

#include <ATen/ATen.h>

#include <limits>

namespace headlens {

at::Tensor forbidding(const at::Tensor& allowed)
{
    return at::zeros(allowed.sizes(), allowed.options().dtype(at::kFloat))
        .masked_fill(allowed == 0, std::numeric_limits<float>::lowest());
}

at::Tensor causalMask(std::int64_t from, std::int64_t queries, const at::TensorOptions& like)
{
    const std::int64_t keys = from + queries;
    return forbidding(at::ones({queries, keys}, like.dtype(at::kFloat)).tril(from)).view({1, 1, queries, keys});
}

at::Tensor windowMask(std::int64_t from, std::int64_t queries, std::int64_t reach, const at::TensorOptions& like)
{
    const std::int64_t keys = from + queries;
    const at::Tensor seen = at::ones({queries, keys}, like.dtype(at::kFloat)).tril(from).triu(from - reach + 1);
    return forbidding(seen).view({1, 1, queries, keys});
}

at::Tensor bandMask(std::int64_t tokens, std::int64_t reach, const at::TensorOptions& like)
{
    const at::Tensor seen = at::ones({tokens, tokens}, like.dtype(at::kFloat)).tril(reach).triu(-reach);
    return forbidding(seen).view({1, 1, tokens, tokens});
}

at::Tensor paddingMask(const at::Tensor& mask)
{
    if (!mask.defined() || !(mask == 0).any().item<bool>()) return {};
    return forbidding(mask).view({mask.size(0), 1, 1, mask.size(1)});
}

} // namespace headlens
