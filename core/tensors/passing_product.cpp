// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/passing_product.h"

#include "core/kernels/panel_product.h"
#include "core/kernels/processor.h"
#include "core/kernels/row_kernels.h"
#include "core/kernels/workers.h"
#include "core/tensors/product_parts.h"
#include "core/tensors/profile.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <memory>

namespace headlens {
namespace {

using Room = std::unique_ptr<float[]>;

Room roomFor(std::int64_t floats)
{
    return std::make_unique_for_overwrite<float[]>(std::size_t(floats));
}

at::Tensor multiplyRowByRow(const at::Tensor& x, const WeightRows& weights)
{
    constexpr std::int64_t kFewest = 1 << 17;              // numbers of the weights for a thread
    constexpr std::int64_t kTogether = 1 << 13, kRows = 4; // numbers that are unpacked at once, but as many rows
    const std::int64_t out = weights.out, in = weights.in, rows = x.numel() / in;
    const at::Tensor left = x.contiguous(), result = resultFor(x, out, at::kFloat);
    const Profiled profiled(2.0 * double(x.numel()) * double(out), [&] { return kindOf(in, out, {}); });
    const std::int64_t share = std::clamp<std::int64_t>(kFewest / in, 1, out);
    parallelFor(out, share, [&](std::int64_t begin, std::int64_t end) {
        const std::int64_t each = weights.needsRoom ? std::max(kTogether / in, kRows) : end - begin;
        const Room room = roomFor(weights.needsRoom ? each * in : 0);
        for (std::int64_t first = begin; first < end; first += each) {
            const std::int64_t count = std::min(each, end - first);
            const float* const keys = weights.read(first, count, room.get());
            for (std::int64_t row = 0; row < rows; ++row)
                scoreKeys({left.data_ptr<float>() + row * in, keys, 1, count, in, 0, 0, weights.stride},
                          result.data_ptr<float>() + row * out + first);
        }
    });
    return result;
}

} // namespace

at::Tensor multiplyInPassing(const at::Tensor& x, const WeightRows& weights, const at::Tensor& bias, const After& after)
{
    constexpr std::int64_t kFewRows = 4; // for them packing costs more than it gains
    const std::int64_t out = weights.out, in = weights.in, rows = x.numel() / in, width = panelColumns();
    if (rows < kFewRows) {
        const at::Tensor y = multiplyRowByRow(x, weights);
        return followed(bias.defined() ? y + bias : y, after);
    }
    const at::Tensor left = x.contiguous(), result = resultFor(x, out, at::kFloat);
    const Epilogue epilogue(bias, after);
    const Profiled profiled(2.0 * double(rows) * double(in) * double(out), [&] { return kindOf(in, out, after); });
    parallelFor((out + width - 1) / width, 1, [&](std::int64_t begin, std::int64_t end) {
        const Room panel = roomFor(panelUnits(in, width)), room = roomFor(weights.needsRoom ? width * in : 0);
        for (std::int64_t first = begin * width; first < std::min(end * width, out); first += width) {
            const std::int64_t columns = std::min(width, out - first);
            const float* const from = weights.read(first, columns, room.get());
            packTransposed(from, columns, in, weights.stride, panel.get());
            const bool goesOn = !weights.needsRoom && first + 2 * width <= out && weights.stride == in;
            const PanelProduct product{Operand::Float32,
                                       left.data_ptr<float>(),
                                       rows,
                                       in,
                                       in,
                                       panel.get(),
                                       columns,
                                       epilogue.rowsFrom(first),
                                       out,
                                       goesOn ? from + width * in : nullptr};
            product.run(0, product.tiles(), result.data_ptr<float>() + first);
        }
    });
    return result;
}

bool canMultiplyPlain(const at::Tensor& x, const at::Tensor& weight)
{
    for (const at::Tensor* t : {&x, &weight})
        if (!t->device().is_cpu() || t->scalar_type() != at::kFloat || t->requires_grad()) return false;
    return packingAllowed() && weight.dim() == 2 && x.numel() > 0 && weight.stride(1) == 1 && weight.numel() > 0;
}

at::Tensor multiplyPlain(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, const After& after)
{
    const float* const first = weight.data_ptr<float>();
    const std::int64_t stride = weight.stride(0);
    const auto there = [=](std::int64_t row, std::int64_t, float*) { return first + row * stride; };
    return multiplyInPassing(x, {weight.size(0), weight.size(1), there, stride}, bias, after);
}

} // namespace headlens
