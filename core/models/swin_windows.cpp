// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/swin_windows.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace headlens {
namespace {

at::Tensor rolled(const at::Tensor& map, const WindowGrid& grid, int sign)
{
    if (!grid.isShifted()) return map;
    return at::roll(map, {sign * grid.shiftY, sign * grid.shiftX}, {1, 2});
}

at::Tensor padded(const at::Tensor& map, const WindowGrid& grid)
{
    const std::int64_t below = grid.paddedHeight() - grid.height, right = grid.paddedWidth() - grid.width;
    return below + right > 0 ? at::constant_pad_nd(map, {0, 0, 0, right, 0, below}) : map;
}

at::Tensor cropped(const at::Tensor& map, const WindowGrid& grid)
{
    return map.slice(1, 0, grid.height).slice(2, 0, grid.width);
}

} // namespace

at::Tensor intoWindows(const at::Tensor& x, const WindowGrid& grid)
{
    const at::Tensor map = x.reshape({x.size(0), grid.height, grid.width, x.size(2)});
    const at::Tensor ready =
        grid.padAfterRoll ? padded(rolled(map, grid, -1), grid) : rolled(padded(map, grid), grid, -1);
    return ready.view({x.size(0), grid.rows(), grid.windowHeight, grid.columns(), grid.windowWidth, x.size(2)})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, grid.tokensPerWindow(), x.size(2)});
}

at::Tensor outOfWindows(const at::Tensor& windows, const WindowGrid& grid, std::int64_t pictures)
{
    const std::int64_t d = windows.size(2);
    const at::Tensor map = windows.view({pictures, grid.rows(), grid.columns(), grid.windowHeight, grid.windowWidth, d})
                               .permute({0, 1, 3, 2, 4, 5})
                               .reshape({pictures, grid.paddedHeight(), grid.paddedWidth(), d});
    const at::Tensor back =
        grid.padAfterRoll ? rolled(cropped(map, grid), grid, 1) : cropped(rolled(map, grid, 1), grid);
    return back.reshape({pictures, std::int64_t(grid.height) * grid.width, d});
}

at::Tensor biasFromTable(const at::Tensor& table, const WindowGrid& grid)
{
    const int n = grid.tokensPerWindow(), w = grid.windowWidth;
    std::vector<std::int64_t> index;
    index.reserve(std::size_t(n) * std::size_t(n));
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
            index.push_back((i / w - j / w + grid.windowHeight - 1) * (2 * w - 1) + (i % w - j % w + w - 1));
    const at::Tensor places = at::tensor(index, at::TensorOptions().dtype(at::kLong)).to(table.device());
    return table.reshape({table.size(0), -1}).index_select(1, places).view({table.size(0), n, n});
}

at::Tensor shiftMask(const WindowGrid& grid)
{
    constexpr double kCut = -100; // not infinite: every implementation lets e^-100 through
    std::vector<std::int64_t> regions;
    for (int w = 0; w < grid.windows(); ++w)
        for (int i = 0; i < grid.tokensPerWindow(); ++i) regions.push_back(grid.regionOf({w, i}));
    const at::Tensor region =
        at::tensor(regions, at::TensorOptions().dtype(at::kLong)).view({grid.windows(), 1, grid.tokensPerWindow()});
    return region.unsqueeze(3).ne(region.unsqueeze(2)).to(at::kFloat) * kCut;
}

at::Tensor logSpacedCoordinates(std::int64_t windowHeight, std::int64_t windowWidth, std::int64_t pretrained)
{
    const auto axis = [&](std::int64_t window) {
        const std::int64_t reach = std::max<std::int64_t>(1, (pretrained > 0 ? pretrained : window) - 1);
        const at::Tensor u = at::arange(-(window - 1), window, at::kFloat) * 8 / double(reach);
        return at::sign(u) * at::log2(at::abs(u) + 1) / 3.0; // log2(8) = 3
    };
    const std::int64_t rows = 2 * windowHeight - 1, columns = 2 * windowWidth - 1;
    const at::Tensor dy = axis(windowHeight).view({rows, 1}).expand({rows, columns});
    const at::Tensor dx = axis(windowWidth).view({1, columns}).expand({rows, columns});
    return at::stack({dy, dx}, -1);
}

} // namespace headlens
