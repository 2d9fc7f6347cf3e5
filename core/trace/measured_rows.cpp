// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/measured_rows.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

// Distances [n,m] in patches between queries [begin,end) and all keys; 0 where one of them is no patch.
at::Tensor distances(const std::vector<std::int64_t>& patches, std::int64_t begin, std::int64_t end, int width)
{
    std::vector<float> x, y, real;
    for (const std::int64_t patch : patches) {
        real.push_back(patch >= 0 ? 1.0F : 0.0F);
        y.push_back(float(std::max<std::int64_t>(0, patch) / width));
        x.push_back(float(std::max<std::int64_t>(0, patch) % width));
    }
    const at::Tensor tx = at::tensor(x), ty = at::tensor(y), exists = at::tensor(real);
    const auto between = [&](const at::Tensor& t) { return t.slice(0, begin, end).unsqueeze(1) - t.unsqueeze(0); };
    return (between(tx).square() + between(ty).square()).sqrt() * exists.slice(0, begin, end).unsqueeze(1) * exists;
}

} // namespace

std::vector<std::int64_t> patchesOf(const WindowGrid& grid, int window, std::int64_t none)
{
    std::vector<std::int64_t> patches;
    for (int inner = 0; inner < grid.tokensPerWindow(); ++inner) {
        const Cell cell = grid.cellOf({window, inner});
        patches.push_back(grid.isReal(cell) ? std::int64_t(cell.y) * grid.width + cell.x : none);
    }
    return patches;
}

std::vector<std::int64_t> keyPatches(const AttentionRecord& record, const BlockMap& map, std::int64_t window)
{
    if (record.windows) return patchesOf(*record.windows, int(window), -1);
    std::vector<std::int64_t> patches;
    const at::Tensor tokens = record.tokens.defined() ? record.tokens.cpu() : at::arange(record.keys(), at::kLong);
    for (std::int64_t i = 0; i < tokens.size(0); ++i)
        patches.push_back(std::max<std::int64_t>(-1, tokens.data_ptr<std::int64_t>()[i] - map.prefix));
    return patches;
}

at::Tensor measuredRows(const at::Tensor& probs, Overview what, const std::vector<std::int64_t>& patches,
                        std::int64_t begin, int width)
{
    if (what == Overview::Received) return probs.sum(-2);
    if (what == Overview::Entropy) return -(probs * probs.clamp_min(1e-30).log()).sum(-1);
    std::vector<float> real;
    for (const std::int64_t patch : patches) real.push_back(patch >= 0 ? 1.0F : 0.0F);
    const at::Tensor mass = (probs * at::tensor(real).to(probs.device())).sum(-1).clamp_min(1e-12);
    const at::Tensor far = distances(patches, begin, begin + probs.size(-2), width).to(probs.device());
    return (probs * far).sum(-1) / mass;
}

} // namespace headlens
