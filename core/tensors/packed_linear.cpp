// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/packed_linear.h"

#include "core/kernels/processor.h"
#include "core/kernels/workers.h"
#include "core/tensors/profile.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr std::int64_t kUnitBytes = 4; // the kernels count in 32 bits

// x [...,in], dense, filled up with zeros until its rows are whole units.
at::Tensor wholeUnits(const at::Tensor& x)
{
    const std::int64_t perUnit = kUnitBytes / std::int64_t(x.element_size()), rest = x.size(-1) % perUnit;
    return (rest == 0 ? x : at::constant_pad_nd(x, {0, perUnit - rest})).contiguous();
}

std::int64_t unitsOf(std::int64_t in, at::ScalarType type)
{
    const std::int64_t perUnit = kUnitBytes / std::int64_t(c10::elementSize(type));
    return (in + perUnit - 1) / perUnit;
}

// The bits of a tensor as the kernels take them.
const float* unitsIn(const at::Tensor& x)
{
    return static_cast<const float*>(x.data_ptr());
}

// One of after's tensors, each number in its place.
at::Tensor asFloats(const at::Tensor& x)
{
    return x.defined() ? x.to(at::kFloat).contiguous() : x;
}

const float* orNull(const at::Tensor& x)
{
    return x.defined() ? x.data_ptr<float>() : nullptr;
}

} // namespace

PackedLinear::PackedLinear(const at::Tensor& weight, const at::Tensor& bias, Precision precision)
    : m_in(weight.size(1)), m_out(weight.size(0)),
      m_operand(precision == Precision::BFloat16 ? Operand::BFloat16 : Operand::Float32)
{
    const at::Tensor rows = wholeUnits(weight.to(PackedLinear::type()));
    const std::int64_t units = unitsOf(m_in, PackedLinear::type());
    m_panels = at::empty({panelUnits(units, m_out)}, at::kFloat);
    packTransposed(unitsIn(rows), m_out, units, units, m_panels.data_ptr<float>());
    if (bias.defined()) m_bias = bias.to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous();
}

at::Tensor PackedLinear::operator()(const at::Tensor& x, const After& after) const
{
    const at::Tensor left = wholeUnits(x.to(type()));
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = m_out;
    at::Tensor result = at::empty(shape, x.options().dtype(after.feedsLinear ? type() : at::kFloat));
    if (result.numel() == 0) return result;
    const at::Tensor factor = asFloats(after.factor), scale = asFloats(after.scale), added = asFloats(after.added);
    const std::int64_t units = unitsOf(m_in, type());
    const PanelProduct product{m_operand,
                               unitsIn(left),
                               result.numel() / m_out,
                               units,
                               units,
                               m_panels.data_ptr<float>(),
                               m_out,
                               {orNull(m_bias), after.activation, orNull(factor), orNull(scale), orNull(added)}};
    const Profiled profiled(2.0 * double(product.rows) * double(m_in) * double(m_out), [&] { return kindOf(after); });
    parallelFor(product.tiles(), product.together(), [&](std::int64_t begin, std::int64_t end) {
        if (result.scalar_type() == at::kFloat)
            product.run(begin, end, result.data_ptr<float>());
        else
            product.run(begin, end, static_cast<std::uint16_t*>(result.data_ptr()));
    });
    return result;
}

std::string PackedLinear::kindOf(const After& after) const
{
    std::string kind = "linear " + std::to_string(m_in) + " -> " + std::to_string(m_out);
    if (after.activation) kind += ", activation";
    if (after.factor.defined()) kind += ", gate";
    if (after.added.defined()) kind += ", residual";
    return kind;
}

at::Tensor PackedLinear::weight() const
{
    const std::int64_t units = unitsOf(m_in, type());
    at::Tensor rows = at::empty({m_out, units * kUnitBytes / std::int64_t(c10::elementSize(type()))}, type());
    unpackTransposed(m_panels.data_ptr<float>(), m_out, units, static_cast<float*>(rows.data_ptr()));
    return rows.slice(1, 0, m_in).to(at::kFloat).contiguous();
}

at::Tensor PackedLinear::bias() const
{
    return m_bias.defined() ? m_bias.clone() : at::Tensor();
}

bool packs(Precision precision)
{
    if (!packingAllowed() || precision == Precision::Float16) return false;
    return hasProductOf(precision == Precision::BFloat16 ? Operand::BFloat16 : Operand::Float32);
}

} // namespace headlens
