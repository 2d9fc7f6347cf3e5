// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/grid_positions.h"

#include "core/nn/rotary.h"

#include <ATen/ATen.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace headlens {
namespace {

at::Tensor resizedMap(const at::Tensor& map, std::int64_t height, std::int64_t width,
                      PositionInterpolation interpolation)
{
    if (interpolation == PositionInterpolation::Timm) return at::_upsample_bicubic2d_aa(map, {height, width}, false);
    if (interpolation == PositionInterpolation::HuggingFace) return at::upsample_bicubic2d(map, {height, width}, false);
    // Facebook asks for a scale a little above the ratio, which shifts every sample a little.
    constexpr double kOffset = 0.1;
    return at::upsample_bicubic2d(map, {height, width}, false, (double(height) + kOffset) / double(map.size(2)),
                                  (double(width) + kOffset) / double(map.size(3)));
}

// One axis of patch centres, from -1 to 1 over its own length.
at::Tensor centres(std::int64_t count)
{
    return (at::arange(count, at::kFloat) + 0.5) / double(count) * 2 - 1;
}

} // namespace

at::Tensor resizedPositions(const at::Tensor& table, std::int64_t prefix, std::int64_t fromHeight,
                            std::int64_t fromWidth, std::int64_t height, std::int64_t width,
                            PositionInterpolation interpolation, bool squarePixels)
{
    const bool asTrained = fromHeight == height && fromWidth == width;
    if (asTrained && (interpolation != PositionInterpolation::Facebook || squarePixels)) return table;
    const at::Tensor map = table.slice(1, prefix).view({1, fromHeight, fromWidth, -1}).permute({0, 3, 1, 2});
    const at::Tensor resized = resizedMap(map, height, width, interpolation).permute({0, 2, 3, 1});
    return at::cat({table.slice(1, 0, prefix), resized.reshape({1, height * width, -1})}, 1);
}

std::pair<at::Tensor, at::Tensor> rotaryAngles(std::int64_t height, std::int64_t width, std::int64_t headWidth,
                                               double theta, const at::Tensor& periods)
{
    const at::Tensor frequencies =
        periods.defined()
            ? periods.reciprocal()
            : at::pow(at::scalar_tensor(theta, at::kFloat),
                      at::arange(0, headWidth, 4, at::kFloat).slice(0, 0, headWidth / 4) / double(headWidth))
                  .reciprocal(); // [d/4]
    const at::TensorOptions options = frequencies.options();
    const auto angles = [&](const at::Tensor& axis) {
        return 2 * std::numbers::pi * axis.to(options).unsqueeze(1) * frequencies; // [n,d/4]
    };
    const at::Tensor y = angles(centres(height)).unsqueeze(1).expand({height, width, -1});
    const at::Tensor x = angles(centres(width)).unsqueeze(0).expand({height, width, -1});
    const at::Tensor half = at::cat({y, x}, -1).reshape({height * width, -1}); // [N,d/2]
    const at::Tensor all = at::cat({half, half}, -1);
    return {all.cos(), all.sin()};
}

at::Tensor rotated(const at::Tensor& x, std::int64_t prefix, const at::Tensor& cosine, const at::Tensor& sine)
{
    return at::cat({x.slice(2, 0, prefix), turned(x.slice(2, prefix), cosine, sine)}, 2);
}

at::Tensor relativeBiasPicture(const at::Tensor& table, std::int64_t fromHeight, std::int64_t fromWidth)
{
    const std::int64_t rows = 2 * fromHeight - 1, columns = 2 * fromWidth - 1;
    return table.slice(0, 0, rows * columns).view({rows, columns, -1}).permute({2, 0, 1}).contiguous();
}

at::Tensor relativeBias(const at::Tensor& table, std::int64_t fromHeight, std::int64_t fromWidth, std::int64_t height,
                        std::int64_t width)
{
    at::Tensor grid = relativeBiasPicture(table, fromHeight, fromWidth); // [H,2h-1,2w-1]
    const std::int64_t rows = 2 * height - 1, columns = 2 * width - 1;
    if (fromHeight != height || fromWidth != width)
        grid = at::upsample_bilinear2d(grid.unsqueeze(0), {rows, columns}, false).squeeze(0);
    const std::int64_t heads = grid.size(0), n = height * width, cells = rows * columns;
    const at::Tensor special = table.slice(0, table.size(0) - 3).t(); // [H,3]: cls->patch, patch->cls, cls->cls
    const at::Tensor all = at::cat({grid.reshape({heads, cells}), special}, 1);
    std::vector<std::int64_t> index(std::size_t((n + 1) * (n + 1)));
    const auto at = [&](std::int64_t i, std::int64_t j) -> std::int64_t& {
        return index[std::size_t(i * (n + 1) + j)];
    };
    for (std::int64_t i = 0; i < n; ++i) {
        at(0, i + 1) = cells;
        at(i + 1, 0) = cells + 1;
        for (std::int64_t j = 0; j < n; ++j)
            at(i + 1, j + 1) = (i / width - j / width + height - 1) * columns + (i % width - j % width + width - 1);
    }
    at(0, 0) = cells + 2;
    const at::Tensor places = at::tensor(index, at::TensorOptions().dtype(at::kLong)).to(table.device());
    return all.index_select(1, places).view({heads, n + 1, n + 1});
}

} // namespace headlens
