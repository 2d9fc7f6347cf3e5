// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/mixing.h"

#include <ATen/ATen.h>

namespace headlens {

at::Tensor fusedHeads(const at::Tensor& maps, HeadFusion fusion)
{
    if (fusion == HeadFusion::Max) return maps.amax(0);
    if (fusion == HeadFusion::Min) return maps.amin(0);
    return maps.mean(0);
}

at::Tensor withoutSmallest(const at::Tensor& map, double share, KeptEntry kept)
{
    const auto count = std::int64_t(double(map.numel()) * share);
    if (count == 0) return map;
    at::Tensor flat = map.reshape({-1}).clone();
    const at::Tensor first = flat[0].clone();
    flat.index_fill_(0, std::get<1>(flat.topk(count, 0, /*largest=*/false)), 0);
    if (kept == KeptEntry::First) flat[0].copy_(first);
    return flat.view(map.sizes());
}

at::Tensor mixedWithSelf(const at::Tensor& map, Sums sums)
{
    const at::Tensor mixed = (map + at::eye(map.size(-1), map.options())) / 2, rows = mixed.sum(-1);
    return mixed / (sums == Sums::AsPublished ? rows.unsqueeze(-2) : rows.unsqueeze(-1));
}

} // namespace headlens
