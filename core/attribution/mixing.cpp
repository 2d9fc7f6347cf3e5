// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/mixing.h"

#include "core/trace/block_map.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>

#include <algorithm>

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

at::Tensor throughMixed(const AttentionRecord& block, const at::Tensor& w, HeadFusion fusion, Sums sums,
                        const std::function<void()>& between)
{
    constexpr std::int64_t kWeights = 1 << 22; // at a time: fewer of them lay out the keys more often
    const AttentionRecord one = batchEntry(block, 0);
    const std::int64_t chunk = std::clamp<std::int64_t>(kWeights / (one.heads() * one.keys()), 1, kQueryChunk);
    const at::Tensor total = at::empty_like(w);
    at::Tensor result = at::zeros_like(w);
    for (std::int64_t begin = 0; begin < one.queries(); begin += chunk) {
        const std::int64_t end = std::min(begin + chunk, one.queries());
        at::Tensor weights = w.slice(0, begin, end);
        if (sums == Sums::OfRow && !weights.any().item<bool>()) continue; // of the last block all rows but one
        between();
        const at::Tensor rows = fusedHeads(attentionRows(one, begin, end)[0], fusion).to(at::kDouble).div_(2);
        rows.diagonal(begin).add_(0.5);
        total.slice(0, begin, end).copy_(rows.sum(1));
        if (sums == Sums::OfRow) weights = weights / total.slice(0, begin, end);
        result += at::mv(rows.t(), weights);
    }
    return sums == Sums::OfRow ? result : result / total;
}

} // namespace headlens
