// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/grids.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {

at::Tensor patchesOf(const at::Tensor& tokens, const TokenStream& stream)
{
    const std::int64_t patches = stream.gridHeight * stream.gridWidth;
    if (patches == 0 || !tokens.defined() || tokens.size(0) < patches) return {};
    return tokens.slice(0, tokens.size(0) - patches).reshape({stream.gridHeight, stream.gridWidth});
}

at::Tensor stretched(const at::Tensor& x)
{
    const at::Tensor least = x.min(), range = x.max() - least;
    return range.item<double>() > 0 ? (x - least) / range : at::zeros_like(x);
}

at::Tensor camScaled(const at::Tensor& x)
{
    constexpr double kGuard = 1e-7;
    const at::Tensor above = x - x.min();
    return above / (above.max() + kGuard);
}

at::Tensor enlarged(const at::Tensor& map, std::int64_t height, std::int64_t width)
{
    return at::upsample_bilinear2d(map.unsqueeze(0).unsqueeze(0), {height, width}, /*align_corners=*/false)[0][0];
}

at::Tensor patchSums(const at::Tensor& pixels, const TokenStream& stream)
{
    const std::int64_t cell = stream.cell, height = stream.gridHeight * cell, width = stream.gridWidth * cell;
    const std::int64_t below = std::max<std::int64_t>(0, height - pixels.size(0)),
                       right = std::max<std::int64_t>(0, width - pixels.size(1)); // Swin pads
    const at::Tensor cut =
        at::constant_pad_nd(pixels, {0, right, 0, below}).slice(0, 0, height).slice(1, 0, width).contiguous();
    return cut.view({stream.gridHeight, cell, stream.gridWidth, cell}).sum({1, 3});
}

const TokenStream& pictureStream(const Trace& trace)
{
    const auto hit =
        std::ranges::find_if(trace.streams, [](const TokenStream& stream) { return stream.gridHeight > 0; });
    if (hit == trace.streams.end())
        throw Error(ErrorCode::BadRequest, "this method", "lays its numbers over a picture, and there is none",
                    "choose a method for texts");
    return *hit;
}

} // namespace headlens
