// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/token_pca.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

struct Components {
    at::Tensor mean, vectors; // [C], [C,count] of length 1, strongest first
    at::Tensor variances;     // [count]
    double total = 0;         // variance of all components
};

// x [N,C] float64. The smaller of the two Gram matrices is decomposed.
Components componentsOf(const at::Tensor& x, std::int64_t count)
{
    Components found;
    found.mean = x.mean(0);
    const at::Tensor centred = x - found.mean;
    const double degrees = double(std::max<std::int64_t>(1, x.size(0) - 1));
    const bool wide = x.size(1) > x.size(0);
    const at::Tensor gram = (wide ? centred.mm(centred.t()) : centred.t().mm(centred)) / degrees;
    const auto [values, vectors] = at::linalg_eigh(gram); // ascending
    const std::int64_t n = values.size(0), taken = std::min(count, n);
    const at::Tensor strongest = vectors.slice(1, n - taken).flip({1});
    found.variances = values.slice(0, n - taken).flip({0}).clamp_min(0);
    at::Tensor axes = wide ? centred.t().mm(strongest) : strongest;
    axes = axes / axes.norm(2, 0, true).clamp_min(1e-300);
    const at::Tensor largest = axes.gather(0, axes.abs().argmax(0, true)); // the sign that stays
    axes = axes * at::where(largest.lt(0), -at::ones_like(largest), at::ones_like(largest));
    found.vectors = at::constant_pad_nd(axes, {0, count - taken});
    found.variances = at::constant_pad_nd(found.variances, {0, count - taken});
    found.total = std::max(1e-300, values.clamp_min(0).sum().item<double>());
    return found;
}

at::Tensor borderOf(std::int64_t height, std::int64_t width)
{
    at::Tensor border = at::ones({height, width}, at::kBool);
    if (height > 2 && width > 2) border.slice(0, 1, height - 1).slice(1, 1, width - 1).fill_(false);
    return border.reshape({-1});
}

at::Tensor medianFiltered(const at::Tensor& map) // [h,w]
{
    const at::Tensor padded = at::replication_pad2d(map.unsqueeze(0), {1, 1, 1, 1});
    return std::get<0>(padded.unfold(1, 3, 1).unfold(2, 3, 1).reshape({map.size(0), map.size(1), 9}).median(-1));
}

// [N] bool. Without any foreground everything is foreground.
at::Tensor foregroundOf(const PcaBasis& basis, const at::Tensor& x, std::int64_t height, std::int64_t width)
{
    at::Tensor strength = (x - basis.mean).mv(basis.first);
    if (basis.recipe == PcaVariant::V3) strength = medianFiltered(strength.view({height, width})).reshape({-1});
    const at::Tensor mask = strength.gt(0);
    constexpr std::int64_t kFewest = 4;
    return mask.sum().item<std::int64_t>() < kFewest ? at::ones_like(mask) : mask;
}

} // namespace

PcaBasis fitPca(const at::Tensor& features, std::int64_t height, std::int64_t width, PcaVariant recipe, bool flip)
{
    const at::Tensor x = features.to(at::kCPU, at::kDouble);
    PcaBasis basis;
    basis.recipe = recipe;
    const Components all = componentsOf(x, 1);
    basis.mean = all.mean;
    basis.first = all.vectors.select(1, 0);
    const at::Tensor positive = (x - basis.mean).mv(basis.first).gt(0).to(at::kDouble);
    const at::Tensor border = borderOf(height, width).to(at::kDouble);
    const bool backgroundUp = (positive * border).sum().item<double>() * 2 > border.sum().item<double>();
    if (backgroundUp != flip) basis.first = -basis.first;
    const at::Tensor mask = foregroundOf(basis, x, height, width);
    const Components colours = componentsOf(x.index_select(0, mask.nonzero().squeeze(1)), 3);
    basis.colourMean = colours.mean;
    basis.colours = colours.vectors;
    for (std::int64_t i = 0; i < 3; ++i) basis.explained.push_back(colours.variances[i].item<double>() / colours.total);
    const at::Tensor z = (x.index_select(0, mask.nonzero().squeeze(1)) - basis.colourMean).mm(basis.colours);
    basis.low = recipe == PcaVariant::V2 ? std::get<0>(z.min(0)) : at::zeros({3}, at::kDouble);
    basis.high = recipe == PcaVariant::V2 ? std::get<0>(z.max(0)) : colours.variances.sqrt();
    return basis;
}

PcaPicture paintPca(const PcaBasis& basis, const at::Tensor& features, std::int64_t height, std::int64_t width)
{
    const at::Tensor x = features.to(at::kCPU, at::kDouble);
    const at::Tensor mask = foregroundOf(basis, x, height, width);
    const at::Tensor z = (x - basis.colourMean).mm(basis.colours);
    const at::Tensor span = (basis.high - basis.low).clamp_min(1e-12);
    constexpr double kContrast = 2; // of DINOv3's notebook
    at::Tensor unit = (z - basis.low) / span;
    unit = basis.recipe == PcaVariant::V3 ? at::sigmoid(kContrast * unit) : unit.clamp(0, 1);
    unit = unit * mask.unsqueeze(1).to(at::kDouble);
    return {(unit * 255).round().to(at::kByte).view({height, width, 3}), mask.to(at::kDouble).mean().item<double>()};
}

} // namespace headlens
