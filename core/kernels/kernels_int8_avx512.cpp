// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles whose units are four bytes each, those of the left side from 0 to 255, those of the panels from -127 to 127;
// multiplied and added in fours into int32 (AVX512_VNNI).
#include "core/kernels/tile_lanes.h"

#include <immintrin.h>

namespace headlens {
namespace {

struct Int8Math {
    static constexpr int kLanes = 16;
    using Sums = LanesOf<kLanes>::Whole;
    static inline void add(Sums& sums, float row, const Lanes<kLanes>& panel)
    {
        sums = Sums(
            _mm512_dpbusd_epi32(__m512i(sums), __m512i(_mm512_set1_ps(row)), __m512i(panel))); // the bits as they are
    }
};

} // namespace

extern constexpr TileTable kInt8Avx512Tiles =
    tileTable<Int8Math, kMostTileRows>(std::make_integer_sequence<int, kMostTileRows>());

} // namespace headlens
