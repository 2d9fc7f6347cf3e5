// SPDX-License-Identifier: GPL-3.0-or-later
// All kernels for vectors of W floats and tiles of at most Rows rows. Private to core/kernels.
#pragma once

#include "core/kernels/format_lanes.h"
#include "core/kernels/row_lanes.h"
#include "core/kernels/tile_lanes.h"

namespace headlens {

template <int W, int Rows>
constexpr KernelSet kernelsOf()
{
    return {W,
            tileTable<FloatMath<W>, Rows>(std::make_integer_sequence<int, Rows>()),
            multiplySums<W, Rows>,
            dequantize<W>,
            finish<W, float>,
            finish<W, std::uint16_t>,
            exponentiate<W>,
            score<W>,
            divide<W, float>,
            divide<W, std::uint16_t>,
            normalize<W, float>,
            normalize<W, std::uint16_t>,
            quantize<W>,
            widenHalves<W>,
            widenUpperHalves<W>,
            isAllFinite<W>};
}

} // namespace headlens
