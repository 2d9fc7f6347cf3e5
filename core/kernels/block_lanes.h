// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of block_formats.h, W values at once. Private to core/kernels; static as in lanes.h. Each product and each
// sum rounds by itself (-ffp-contract=off), as the values of these formats are defined. Names as in ggml: d is the
// scale of a block, m what is added (or subtracted), qs the low bits and qh the high ones.
#pragma once

#include "core/kernels/block_table.h"
#include "core/kernels/format_lanes.h"
#include "core/kernels/lanes.h"

namespace headlens {

template <int W>
using WholeLanes = typename LanesOf<W>::Whole;

template <class Number>
static inline Number numberAt(const std::byte* from)
{
    Number value;
    std::memcpy(&value, from, sizeof value); // at any alignment
    return value;
}

static inline const std::uint8_t* bytesAt(const std::byte* from)
{
    return reinterpret_cast<const std::uint8_t*>(from);
}

// IEEE binary16 to binary32; exact, subnormal numbers and NaN included.
static inline float halfAt(const std::byte* from)
{
    float value = 0;
    widenHalves<1>(from, 1, &value);
    return value;
}

// W bytes from 0 to 255.
template <int W>
static inline WholeLanes<W> wideBytes(const std::uint8_t* from)
{
#ifdef __AVX512F__
    __m128i bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return WholeLanes<W>(_mm512_maskz_cvtepu8_epi32(0xFFFF, bytes));
#elif defined(__AVX2__)
    std::int64_t bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    return WholeLanes<W>(_mm256_cvtepu8_epi32(_mm_cvtsi64_si128(bytes)));
#else
    WholeLanes<W> whole;
    for (int i = 0; i < W; ++i) whole[i] = from[i];
    return whole;
#endif
}

// W bytes from -128 to 127.
template <int W>
static inline WholeLanes<W> wideSigned(const std::byte* from)
{
    const WholeLanes<W> whole = wideBytes<W>(bytesAt(from));
    return (whole ^ 128) - 128;
}

template <int W>
static inline Lanes<W> floatsOf(const WholeLanes<W>& whole)
{
    return __builtin_convertvector(whole, Lanes<W>);
}

template <int W>
static inline void put(const Lanes<W>& lanes, float* to)
{
    std::memcpy(to, &lanes, sizeof lanes);
}

// Bit first, first + 1, ... of `bits`, one a lane.
template <int W>
static inline WholeLanes<W> bitsFrom(std::uint32_t bits, int first)
{
    WholeLanes<W> place;
    for (int i = 0; i < W; ++i) place[i] = first + i;
    return (WholeLanes<W>{} + std::int32_t(bits)) >> place & 1;
}

// The levels of the non-linear four-bit formats.
alignas(64) constexpr float kLevels[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

// kLevels[which], which from 0 to 15.
template <int W>
static inline Lanes<W> levelsOf(const WholeLanes<W>& which)
{
#ifdef __AVX512F__
    return Lanes<W>(_mm512_maskz_permutexvar_ps(0xFFFF, __m512i(which), _mm512_load_ps(kLevels)));
#elif defined(__AVX2__)
    const auto low = Lanes<W>(_mm256_permutevar8x32_ps(_mm256_load_ps(kLevels), __m256i(which))),
               high = Lanes<W>(_mm256_permutevar8x32_ps(_mm256_load_ps(kLevels + W), __m256i(which)));
    return which < W ? low : high; // the permutation reads the lowest three bits
#else
    Lanes<W> levels;
    for (int i = 0; i < W; ++i) levels[i] = kLevels[which[i]];
    return levels;
#endif
}

// Scale and minimum of group j of eight, six bits each, packed into twelve bytes (Q4_K, Q5_K).
struct ScaleAndMin {
    float scale, min;
};
static inline ScaleAndMin scaleOfGroup(const std::uint8_t* s, int j)
{
    if (j < 4) return {float(s[j] & 63), float(s[j + 4] & 63)};
    return {float((s[j + 4] & 15) | (s[j - 4] >> 6) << 4), float((s[j + 4] >> 4) | (s[j] >> 6) << 4)};
}

// Scale i of the sixteen of Q3_K, six bits each: low four bits in the first eight bytes, high two in the last four.
static inline int scaleOfQ3K(const std::uint8_t* a, int i)
{
    const int low = i < 8 ? a[i] & 15 : a[i - 8] >> 4;
    return low | ((a[8 + (i & 3)] >> 2 * (i >> 2)) & 3) << 4;
}

// As widenHalves(), but at one pace, whatever the numbers: weights near zero are subnormal.
template <int W>
static void unpackF16(const std::byte* blocks, std::int64_t count, float* values)
{
    std::int64_t i = 0;
#ifdef __AVX512F__
    for (; i + W <= count; i += W) {
        __m256i halves;
        std::memcpy(&halves, blocks + i * 2, sizeof halves);
        put<W>(Lanes<W>(_mm512_maskz_cvtph_ps(0xFFFF, halves)), values + i);
    }
#endif
    widenHalves<W>(blocks + i * 2, count - i, values + i);
}

template <class Number>
static void unpackNumbers(const std::byte* blocks, std::int64_t count, float* values)
{
    for (std::int64_t i = 0; i < count; ++i)
        values[i] = float(numberAt<Number>(blocks + i * std::int64_t(sizeof(Number))));
}

// d, qs[16]
template <int W>
static inline void unpackQ40(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    for (int j = 0; j < 16; j += W) {
        const WholeLanes<W> q = wideBytes<W>(bytesAt(block + 2 + j));
        put<W>(floatsOf<W>((q & 15) - 8) * d, values + j);
        put<W>(floatsOf<W>((q >> 4) - 8) * d, values + j + 16);
    }
}

// d, m, qs[16]
template <int W>
static inline void unpackQ41(const std::byte* block, float* values)
{
    const float d = halfAt(block), m = halfAt(block + 2);
    for (int j = 0; j < 16; j += W) {
        const WholeLanes<W> q = wideBytes<W>(bytesAt(block + 4 + j));
        put<W>(floatsOf<W>(q & 15) * d + m, values + j);
        put<W>(floatsOf<W>(q >> 4) * d + m, values + j + 16);
    }
}

// d, qh[4], qs[16]
template <int W>
static inline void unpackQ50(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    const auto qh = numberAt<std::uint32_t>(block + 2);
    for (int j = 0; j < 16; j += W) {
        const WholeLanes<W> q = wideBytes<W>(bytesAt(block + 6 + j));
        put<W>(floatsOf<W>(((q & 15) | bitsFrom<W>(qh, j) << 4) - 16) * d, values + j);
        put<W>(floatsOf<W>((q >> 4 | bitsFrom<W>(qh, j + 16) << 4) - 16) * d, values + j + 16);
    }
}

// d, m, qh[4], qs[16]
template <int W>
static inline void unpackQ51(const std::byte* block, float* values)
{
    const float d = halfAt(block), m = halfAt(block + 2);
    const auto qh = numberAt<std::uint32_t>(block + 4);
    for (int j = 0; j < 16; j += W) {
        const WholeLanes<W> q = wideBytes<W>(bytesAt(block + 8 + j));
        put<W>(floatsOf<W>((q & 15) | bitsFrom<W>(qh, j) << 4) * d + m, values + j);
        put<W>(floatsOf<W>(q >> 4 | bitsFrom<W>(qh, j + 16) << 4) * d + m, values + j + 16);
    }
}

// d, qs[32]
template <int W>
static inline void unpackQ80(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    for (int j = 0; j < 32; j += W) put<W>(floatsOf<W>(wideSigned<W>(block + 2 + j)) * d, values + j);
}

// scales[16] (four bits of scale, four of minimum), qs[64], d, dmin
template <int W>
static inline void unpackQ2K(const std::byte* block, float* values)
{
    const std::uint8_t *scales = bytesAt(block), *qs = bytesAt(block + 16);
    const float d = halfAt(block + 80), dmin = halfAt(block + 82);
    for (int group = 0; group < 16; ++group, values += 16) { // two halves of four shifts of two groups
        const float scale = d * float(scales[group] & 15), min = dmin * float(scales[group] >> 4);
        const std::uint8_t* q = qs + 32 * (group / 8) + 16 * (group % 2);
        const int shift = group % 8 / 2 * 2;
        for (int l = 0; l < 16; l += W) put<W>(scale * floatsOf<W>(wideBytes<W>(q + l) >> shift & 3) - min, values + l);
    }
}

// hmask[32], qs[64], scales[12], d
template <int W>
static inline void unpackQ3K(const std::byte* block, float* values)
{
    const std::uint8_t *hmask = bytesAt(block), *qs = bytesAt(block + 32), *scales = bytesAt(block + 96);
    const float d = halfAt(block + 108);
    for (int group = 0; group < 16; ++group, values += 16) { // as in Q2_K
        const float scale = d * float(scaleOfQ3K(scales, group) - 32);
        const std::uint8_t *q = qs + 32 * (group / 8) + 16 * (group % 2), *h = hmask + 16 * (group % 2);
        const int bit = group / 2, shift = group % 8 / 2 * 2;
        for (int l = 0; l < 16; l += W) {
            const WholeLanes<W> low = wideBytes<W>(q + l) >> shift & 3, high = wideBytes<W>(h + l) >> bit & 1;
            put<W>(scale * floatsOf<W>((low | high << 2) - 4), values + l);
        }
    }
}

// d, dmin, scales[12], qs[128]
template <int W>
static inline void unpackQ4K(const std::byte* block, float* values)
{
    const float d = halfAt(block), dmin = halfAt(block + 2);
    const std::uint8_t *scales = bytesAt(block + 4), *qs = bytesAt(block + 16);
    for (int pair = 0; pair < 4; ++pair, qs += 32, values += 64) {
        const ScaleAndMin low = scaleOfGroup(scales, 2 * pair), high = scaleOfGroup(scales, 2 * pair + 1);
        const float lowScale = d * low.scale, lowMin = dmin * low.min, highScale = d * high.scale,
                    highMin = dmin * high.min;
        for (int l = 0; l < 32; l += W) {
            const WholeLanes<W> q = wideBytes<W>(qs + l);
            put<W>(lowScale * floatsOf<W>(q & 15) - lowMin, values + l);
            put<W>(highScale * floatsOf<W>(q >> 4) - highMin, values + l + 32);
        }
    }
}

// d, dmin, scales[12], qh[32], qs[128]
template <int W>
static inline void unpackQ5K(const std::byte* block, float* values)
{
    const float d = halfAt(block), dmin = halfAt(block + 2);
    const std::uint8_t *scales = bytesAt(block + 4), *qh = bytesAt(block + 16), *qs = bytesAt(block + 48);
    for (int pair = 0; pair < 4; ++pair, qs += 32, values += 64) {
        const ScaleAndMin low = scaleOfGroup(scales, 2 * pair), high = scaleOfGroup(scales, 2 * pair + 1);
        const float lowScale = d * low.scale, lowMin = dmin * low.min, highScale = d * high.scale,
                    highMin = dmin * high.min;
        for (int l = 0; l < 32; l += W) {
            const WholeLanes<W> q = wideBytes<W>(qs + l), h = wideBytes<W>(qh + l) >> 2 * pair;
            put<W>(lowScale * floatsOf<W>((q & 15) | (h & 1) << 4) - lowMin, values + l);
            put<W>(highScale * floatsOf<W>(q >> 4 | (h >> 1 & 1) << 4) - highMin, values + l + 32);
        }
    }
}

// ql[128], qh[64], scales[16], d
template <int W>
static inline void unpackQ6K(const std::byte* block, float* values)
{
    const float d = halfAt(block + 208);
    for (int half = 0; half < 2; ++half, values += 128) {
        const std::uint8_t *ql = bytesAt(block + 64 * half), *qh = bytesAt(block + 128 + 32 * half);
        const std::byte* scales = block + 192 + 8 * half;
        for (int l = 0; l < 32; l += W) {
            const WholeLanes<W> first = wideBytes<W>(ql + l), second = wideBytes<W>(ql + l + 32),
                                h = wideBytes<W>(qh + l);
            const WholeLanes<W> q[4] = {(first & 15) | (h & 3) << 4, (second & 15) | (h >> 2 & 3) << 4,
                                        first >> 4 | (h >> 4 & 3) << 4, second >> 4 | (h >> 6 & 3) << 4};
            for (int quarter = 0; quarter < 4; ++quarter) {
                const float scale = d * float(numberAt<std::int8_t>(scales + l / 16 + 2 * quarter));
                put<W>(scale * floatsOf<W>(q[quarter] - 32), values + 32 * quarter + l);
            }
        }
    }
}

// qs[16] -> d times their levels
template <int W>
static inline void unpackLevels(const std::uint8_t* qs, float d, float* values)
{
    for (int j = 0; j < 16; j += W) {
        const WholeLanes<W> q = wideBytes<W>(qs + j);
        put<W>(d * levelsOf<W>(q & 15), values + j);
        put<W>(d * levelsOf<W>(q >> 4), values + j + 16);
    }
}

// d, qs[16]
template <int W>
static inline void unpackIQ4NL(const std::byte* block, float* values)
{
    unpackLevels<W>(bytesAt(block + 2), halfAt(block), values);
}

// d, scales_h, scales_l[4], qs[128]
template <int W>
static inline void unpackIQ4XS(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    const auto high = numberAt<std::uint16_t>(block + 2);
    const std::uint8_t *low = bytesAt(block + 4), *qs = bytesAt(block + 8);
    for (int group = 0; group < 8; ++group) {
        const int scale = (low[group / 2] >> 4 * (group % 2) & 15) | (high >> 2 * group & 3) << 4;
        unpackLevels<W>(qs + 16 * group, d * float(scale - 32), values + 32 * group);
    }
}

template <void (*One)(const std::byte*, float*), int Values, int Bytes>
static void unpackEach(const std::byte* blocks, std::int64_t count, float* values)
{
    for (std::int64_t i = 0; i < count; ++i, blocks += Bytes, values += Values) One(blocks, values);
}

template <int W>
constexpr BlockTable blockTableOf()
{
    return {{unpackNumbers<float>,
             unpackF16<W>,
             widenUpperHalves<W>,
             unpackNumbers<double>,
             unpackNumbers<std::int8_t>,
             unpackNumbers<std::int16_t>,
             unpackNumbers<std::int32_t>,
             unpackNumbers<std::int64_t>,
             unpackEach<unpackQ40<W>, 32, 18>,
             unpackEach<unpackQ41<W>, 32, 20>,
             unpackEach<unpackQ50<W>, 32, 22>,
             unpackEach<unpackQ51<W>, 32, 24>,
             unpackEach<unpackQ80<W>, 32, 34>,
             unpackEach<unpackQ2K<W>, 256, 84>,
             unpackEach<unpackQ3K<W>, 256, 110>,
             unpackEach<unpackQ4K<W>, 256, 144>,
             unpackEach<unpackQ5K<W>, 256, 176>,
             unpackEach<unpackQ6K<W>, 256, 210>,
             unpackEach<unpackIQ4NL<W>, 32, 18>,
             unpackEach<unpackIQ4XS<W>, 256, 136>}}; // by BlockFormat
}

} // namespace headlens
