// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles whose units are two bfloat16 each, multiplied and added in pairs into float32 (AVX512_BF16).
#include "core/kernels/tile_lanes.h"

#include <immintrin.h>

namespace headlens {
namespace {

struct BFloat16Math {
    static constexpr int kLanes = 16;
    using Sums = Lanes<kLanes>;
    static inline void add(Sums& sums, float row, const Sums& panel)
    {
        sums = _mm512_dpbf16_ps(sums, __m512bh(_mm512_set1_ps(row)), __m512bh(panel)); // the bits as they are
    }
};

} // namespace

extern constexpr TileTable kBFloat16Tiles =
    tileTable<BFloat16Math, kMostTileRows>(std::make_integer_sequence<int, kMostTileRows>());

} // namespace headlens
