// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/window_tensors.h"

#include "core/kernels/workers.h"

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

// Whether rows can be copied straight from memory; otherwise the device or autograd wants operators.
bool isPlain(const at::Tensor& x)
{
    return x.device().is_cpu() && x.scalar_type() == at::kFloat && !x.requires_grad() && x.is_contiguous();
}

// Calls visit(row of the map or -1 for padding, row of the windows) for all of one picture.
template <class Visit>
void eachRow(const WindowGrid& grid, std::int64_t begin, std::int64_t end, const Visit& visit)
{
    const int n = grid.tokensPerWindow();
    for (std::int64_t i = begin; i < end; ++i) {
        const Cell cell = grid.cellOf({int(i / n), int(i % n)});
        visit(grid.isReal(cell) ? std::int64_t(cell.y) * grid.width + cell.x : -1, i);
    }
}

at::Tensor copiedIntoWindows(const at::Tensor& x, const WindowGrid& grid)
{
    const std::int64_t n = grid.tokensPerWindow(), all = grid.windows() * n, d = x.size(2), rows = x.size(1);
    at::Tensor windows = at::empty({x.size(0) * grid.windows(), n, d}, x.options());
    for (std::int64_t picture = 0; picture < x.size(0); ++picture) {
        const float* const from = x.data_ptr<float>() + picture * rows * d;
        float* const to = windows.data_ptr<float>() + picture * all * d;
        parallelFor(all, n, [&](std::int64_t begin, std::int64_t end) {
            eachRow(grid, begin, end, [&](std::int64_t row, std::int64_t place) {
                if (row < 0)
                    std::fill_n(to + place * d, d, 0.0F);
                else
                    std::copy_n(from + row * d, d, to + place * d);
            });
        });
    }
    return windows;
}

at::Tensor addedOutOfWindows(const at::Tensor& windows, const WindowGrid& grid, const at::Tensor& residual)
{
    const std::int64_t n = grid.tokensPerWindow(), all = grid.windows() * n, d = windows.size(2);
    at::Tensor sum = at::empty_like(residual);
    for (std::int64_t picture = 0; picture < residual.size(0); ++picture) {
        const float* const from = windows.data_ptr<float>() + picture * all * d;
        const std::int64_t first = picture * residual.size(1) * d;
        const float* const other = residual.data_ptr<float>() + first;
        float* const to = sum.data_ptr<float>() + first;
        parallelFor(all, n, [&](std::int64_t begin, std::int64_t end) {
            eachRow(grid, begin, end, [&](std::int64_t row, std::int64_t place) {
                for (std::int64_t c = 0; row >= 0 && c < d; ++c)
                    to[row * d + c] = other[row * d + c] + from[place * d + c];
            });
        });
    }
    return sum;
}

} // namespace

at::Tensor intoWindows(const at::Tensor& x, const WindowGrid& grid)
{
    if (isPlain(x)) return copiedIntoWindows(x, grid);
    const at::Tensor map = x.reshape({x.size(0), grid.height, grid.width, x.size(2)});
    const at::Tensor ready =
        grid.padAfterRoll ? padded(rolled(map, grid, -1), grid) : rolled(padded(map, grid), grid, -1);
    return ready.view({x.size(0), grid.rows(), grid.windowHeight, grid.columns(), grid.windowWidth, x.size(2)})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, grid.tokensPerWindow(), x.size(2)});
}

at::Tensor outOfWindows(const at::Tensor& windows, const WindowGrid& grid, const at::Tensor& residual)
{
    if (isPlain(windows) && isPlain(residual)) return addedOutOfWindows(windows, grid, residual);
    const std::int64_t d = windows.size(2), pictures = residual.size(0);
    const at::Tensor map = windows.view({pictures, grid.rows(), grid.columns(), grid.windowHeight, grid.windowWidth, d})
                               .permute({0, 1, 3, 2, 4, 5})
                               .reshape({pictures, grid.paddedHeight(), grid.paddedWidth(), d});
    const at::Tensor back =
        grid.padAfterRoll ? rolled(cropped(map, grid), grid, 1) : cropped(rolled(map, grid, 1), grid);
    return residual + back.reshape({pictures, std::int64_t(grid.height) * grid.width, d});
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
    constexpr float kCut = -100; // not infinite: every implementation lets e^-100 through
    const int n = grid.tokensPerWindow();
    at::Tensor mask = at::empty({grid.windows(), 1, n, n}, at::kFloat);
    float* to = mask.data_ptr<float>();
    std::vector<int> regions(static_cast<std::size_t>(n));
    for (int w = 0; w < grid.windows(); ++w) {
        for (int i = 0; i < n; ++i) regions[std::size_t(i)] = grid.regionOf({w, i});
        for (const int query : regions)
            for (const int key : regions) *to++ = query == key ? 0 : kCut;
    }
    return mask;
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
