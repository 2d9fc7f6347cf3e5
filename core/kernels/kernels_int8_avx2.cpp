// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles whose units are four bytes each, those of the left side from 0 to 255, those of the panels from -127 to 127;
// multiplied and added in fours into int32 (AVX-VNNI).
#include "core/kernels/tile_lanes.h"

#include <immintrin.h>

namespace headlens {
namespace {

struct Int8Math {
    static constexpr int kLanes = 8;
    using Sums = LanesOf<kLanes>::Whole;
    static inline void add(Sums& sums, float row, const Lanes<kLanes>& panel)
    {
        sums = Sums(_mm256_dpbusd_avx_epi32(__m256i(sums), __m256i(_mm256_set1_ps(row)),
                                            __m256i(panel))); // the bits as they are
    }
};

} // namespace

extern constexpr TileTable kInt8Avx2Tiles =
    tileTable<Int8Math, kMostTileRows / 2>(std::make_integer_sequence<int, kMostTileRows / 2>());

} // namespace headlens
