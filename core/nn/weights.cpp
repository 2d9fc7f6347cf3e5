// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/weights.h"

namespace headlens {

Weights Weights::in(std::string_view part) const
{
    Weights below = *this;
    below.m_prefix += std::string(part) + ".";
    return below;
}

void Weights::table(std::string_view name, Linear& table, const Shape& shape) const
{
    if (table.held || (m_keep && m_keep(m_prefix + std::string(name), table, shape))) return;
    (*this)(name, table.weight, shape);
}

void Weights::linear(std::string_view name, Linear& layer, std::int64_t out, std::int64_t in, bool bias) const
{
    const Weights part = this->in(name);
    part.table("weight", layer, {out, in});
    if (bias) part("bias", layer.bias, {out});
}

void Weights::norm(std::string_view name, LayerNorm& layer, std::int64_t width, bool bias) const
{
    const Weights part = in(name);
    part("weight", layer.weight, {width});
    if (bias) part("bias", layer.bias, {width});
}

} // namespace headlens
