// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/weights.h"

namespace headlens {

void Weights::linear(std::string_view name, Linear& layer, std::int64_t out, std::int64_t in, bool bias) const
{
    const Weights part = this->in(name);
    part("weight", layer.weight, {out, in});
    if (bias) part("bias", layer.bias, {out});
}

void Weights::norm(std::string_view name, LayerNorm& layer, std::int64_t width, bool bias) const
{
    const Weights part = in(name);
    part("weight", layer.weight, {width});
    if (bias) part("bias", layer.bias, {width});
}

} // namespace headlens
