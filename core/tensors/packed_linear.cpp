// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/packed_linear.h"

#include "core/kernels/processor.h"
#include "core/kernels/row_kernels.h"
#include "core/kernels/workers.h"
#include "core/tensors/bridge.h"
#include "core/tensors/product_parts.h"
#include "core/tensors/profile.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace headlens {
namespace {

constexpr std::int64_t kUnitBytes = 4; // the kernels count in 32 bits

Operand operandOf(Precision precision)
{
    switch (precision) {
    case Precision::BFloat16: return Operand::BFloat16;
    case Precision::Int8: return Operand::Int8;
    case Precision::Float32:
    case Precision::Float16:
    case Precision::Stored: break;
    }
    return Operand::Float32;
}

at::ScalarType typeOf(Operand operand)
{
    switch (operand) {
    case Operand::BFloat16: return at::kBFloat16;
    case Operand::Int8: return at::kChar;
    case Operand::Float32: break;
    }
    return at::kFloat;
}

// x [...,in], dense, filled up with zeros until its rows are whole units.
at::Tensor wholeUnits(const at::Tensor& x)
{
    const std::int64_t perUnit = kUnitBytes / std::int64_t(x.element_size()), rest = x.size(-1) % perUnit;
    return (rest == 0 ? x : at::constant_pad_nd(x, {0, perUnit - rest})).contiguous();
}

std::int64_t unitsOf(std::int64_t in, Operand operand)
{
    const std::int64_t perUnit = kUnitBytes / std::int64_t(c10::elementSize(typeOf(operand)));
    return (in + perUnit - 1) / perUnit;
}

// The bits of a tensor as the kernels take them.
const float* unitsIn(const at::Tensor& x)
{
    return static_cast<const float*>(x.data_ptr());
}

// The left side of a product: x [...,in] as the operand has it.
struct LeftSide {
    at::Tensor units, steps, least; // the latter two [rows]: of Int8, as in QuantizedSides

    LeftSide(const at::Tensor& x, Operand operand)
    {
        if (operand != Operand::Int8) {
            units = wholeUnits(x.to(typeOf(operand)));
            return;
        }
        const at::Tensor values = x.to(at::kFloat).contiguous();
        const std::int64_t columns = x.size(-1), rows = x.numel() / columns;
        const std::int64_t stride = unitsOf(columns, operand) * kUnitBytes;
        units = at::empty({rows, stride}, at::kByte);
        steps = at::empty({rows}, at::kFloat);
        least = at::empty({rows}, at::kFloat);
        constexpr std::int64_t kFewest = 16; // rows for a thread
        const Profiled profiled(0, [&] { return "quantize " + std::to_string(columns); });
        parallelFor(rows, kFewest, [&](std::int64_t begin, std::int64_t end) {
            quantizeRows({values.data_ptr<float>() + begin * columns, end - begin, columns, stride,
                          units.data_ptr<std::uint8_t>() + begin * stride, steps.data_ptr<float>() + begin,
                          least.data_ptr<float>() + begin});
        });
    }
};

// A panel takes as much room as the rows it is made of, if they fill its vectors: then it can take their place.
bool canPackInPlace(const at::Tensor& rows, std::int64_t out)
{
    return rows.is_contiguous() && rows.use_count() == 1 && rows.storage().use_count() == 1 &&
           paddedColumns(out) == out && !rows.requires_grad();
}

// The panels of rows [out,units] of 32 bits.
at::Tensor packedPanels(at::Tensor rows, std::int64_t out, std::int64_t units)
{
    const bool inPlace = canPackInPlace(rows, out);
    if (!inPlace) rows = rows.contiguous();
    const at::Tensor panels = inPlace ? rows : emptyFloats({panelUnits(units, out)});
    const std::int64_t width = panelColumns();
    parallelFor((out + width - 1) / width, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> kept;
        for (std::int64_t first = begin * width; first < std::min(end * width, out); first += width) {
            const std::int64_t columns = std::min(width, out - first);
            const float* from = unitsIn(rows) + first * units;
            if (inPlace) {
                kept.assign(from, from + columns * units);
                from = kept.data();
            }
            packTransposed(from, columns, units, units, static_cast<float*>(panels.data_ptr()) + first * units);
        }
    });
    return panels;
}

} // namespace

PackedLinear::PackedLinear(at::Tensor weight, Precision precision)
    : HeldWeights(weight.size(1), weight.size(0)), m_operand(operandOf(precision))
{
    if (m_operand == Operand::Int8) {
        constexpr float kMost = 127, kSmallest = 1e-30F; // a row of zeros has a step as well
        m_steps = (weight.abs().amax(1) / kMost).clamp_min(kSmallest);
        weight = (weight / m_steps.unsqueeze(1)).round();
        m_sums = weight.sum(1) * m_steps;
    }
    if (m_operand != Operand::Float32) weight = wholeUnits(weight.to(typeOf(m_operand)));
    m_panels = packedPanels(std::move(weight), m_out, unitsOf(m_in, m_operand));
}

at::Tensor PackedLinear::multiply(const at::Tensor& x, const at::Tensor& bias, const After& after) const
{
    const at::Tensor result = resultFor(x, m_out, after.outputForLinear ? type() : at::kFloat);
    if (result.numel() == 0) return result;
    const LeftSide left(x, m_operand);
    const Epilogue epilogue(bias, after);
    const std::int64_t units = unitsOf(m_in, m_operand), rows = result.numel() / m_out;
    PanelProduct product{m_operand, unitsIn(left.units), rows, units, units, unitsIn(m_panels),
                         m_out,     epilogue.rows(),     m_out};
    if (m_operand == Operand::Int8)
        product.sides = {left.steps.data_ptr<float>(), left.least.data_ptr<float>(), m_steps.data_ptr<float>(),
                         m_sums.data_ptr<float>()};
    const Profiled profiled(2.0 * double(rows) * double(m_in) * double(m_out),
                            [&] { return kindOf(m_in, m_out, after); });
    parallelFor(product.tiles(), product.together(), [&](std::int64_t begin, std::int64_t end) {
        if (result.scalar_type() == at::kFloat)
            product.run(begin, end, result.data_ptr<float>());
        else
            product.run(begin, end, static_cast<std::uint16_t*>(result.data_ptr()));
    });
    return result;
}

at::Tensor PackedLinear::widen() const
{
    const std::int64_t units = unitsOf(m_in, m_operand);
    const at::ScalarType kept = typeOf(m_operand);
    at::Tensor rows = at::empty({m_out, units * kUnitBytes / std::int64_t(c10::elementSize(kept))}, kept);
    const std::int64_t width = panelColumns();
    parallelFor((m_out + width - 1) / width, 1, [&](std::int64_t begin, std::int64_t end) {
        const std::int64_t first = begin * width, columns = std::min(end * width, m_out) - first;
        unpackTransposed(unitsIn(m_panels) + first * units, columns, units,
                         static_cast<float*>(rows.data_ptr()) + first * units);
    });
    const at::Tensor numbers = rows.slice(1, 0, m_in).to(at::kFloat);
    return m_steps.defined() ? numbers * m_steps.unsqueeze(1) : numbers.contiguous();
}

namespace {

// The columns [first, first + count) of weights [out,in] that lie in panels, as a panel of their own.
void packColumns(const float* panels, std::int64_t out, std::int64_t in, std::int64_t first, std::int64_t count,
                 float* panel)
{
    const std::int64_t width = panelColumns();
    for (std::int64_t row = 0; row < out; row += width) { // a panel holds `own` rows of the weights as columns
        const std::int64_t own = std::min(width, out - row), stride = paddedColumns(own);
        packTransposed(panels + row * in + first * stride, count, own, stride, panel + row * paddedColumns(count));
    }
}

} // namespace

at::Tensor PackedLinear::back(const at::Tensor& gradient) const
{
    if (m_operand != Operand::Float32 || gradient.scalar_type() != at::kFloat) return at::matmul(gradient, widen());
    const at::Tensor left = gradient.contiguous(), result = resultFor(gradient, m_in, at::kFloat);
    const std::int64_t rows = gradient.numel() / m_out, width = panelColumns();
    const Profiled profiled(2.0 * double(rows) * double(m_in) * double(m_out), [&] { return kindOf(m_out, m_in, {}); });
    parallelFor((m_in + width - 1) / width, 1, [&](std::int64_t begin, std::int64_t end) {
        const auto panel = std::make_unique_for_overwrite<float[]>(std::size_t(panelUnits(m_out, width)));
        for (std::int64_t first = begin * width; first < std::min(end * width, m_in); first += width) {
            const std::int64_t columns = std::min(width, m_in - first);
            packColumns(unitsIn(m_panels), m_out, m_in, first, columns, panel.get());
            const PanelProduct product{
                Operand::Float32, left.data_ptr<float>(), rows, m_out, m_out, panel.get(), columns, {}, m_in, nullptr};
            product.run(0, product.tiles(), result.data_ptr<float>() + first);
        }
    });
    return result;
}

bool packs(Precision precision)
{
    if (!packingAllowed() || precision == Precision::Float16) return false;
    return hasProductOf(operandOf(precision));
}

} // namespace headlens
