// SPDX-License-Identifier: GPL-3.0-or-later
// One block of each number format as float32, value by value in the order of operations of ggml-quants: what the
// kernels of core/kernels/block_formats.h are held against. Names as in ggml: d is the scale of a block, m what is
// added (or subtracted), qs the low bits and qh the high ones.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace headlens::test::plain {

template <class Number>
Number numberAt(const std::byte* from)
{
    Number value;
    std::memcpy(&value, from, sizeof value); // at any alignment
    return value;
}

inline const std::uint8_t* bytesAt(const std::byte* from)
{
    return reinterpret_cast<const std::uint8_t*>(from);
}

// IEEE binary16 to binary32; exact, subnormal numbers and NaN included.
inline float halfAt(const std::byte* from)
{
    const std::uint32_t half = numberAt<std::uint16_t>(from), sign = (half & 0x8000U) << 16, rest = half & 0x7FFFU;
    if (rest >= 0x7C00U) return std::bit_cast<float>(sign | 0x7F800000U | (rest & 0x3FFU) << 13);
    if (rest >= 0x400U) return std::bit_cast<float>(sign | ((rest << 13) + (112U << 23))); // exponents 15 and 127
    const float subnormal = float(rest) * 0x1p-24F;
    return sign != 0 ? -subnormal : subnormal;
}

inline float lowNibble(std::uint8_t byte)
{
    return float(byte & 15);
}

inline float highNibble(std::uint8_t byte)
{
    return float(byte >> 4);
}

// The five bits of value j and of value j+16 of a block of 32.
struct FiveBits {
    int low, high;
};
inline FiveBits fiveBitsAt(const std::uint8_t* qs, std::uint32_t qh, int j)
{
    return {int(qs[j] & 15) | int((qh >> j & 1) << 4), int(qs[j] >> 4) | int((qh >> (j + 16) & 1) << 4)};
}

// Scale and minimum of group j of eight, six bits each, packed into twelve bytes (Q4_K, Q5_K).
struct ScaleAndMin {
    float scale, min;
};
inline ScaleAndMin scaleOfGroup(const std::uint8_t* s, int j)
{
    if (j < 4) return {float(s[j] & 63), float(s[j + 4] & 63)};
    return {float((s[j + 4] & 15) | (s[j - 4] >> 6) << 4), float((s[j + 4] >> 4) | (s[j] >> 6) << 4)};
}

// The sixteen scales of Q3_K, six bits each: low four bits in the first eight bytes, high two in the last four.
inline std::array<int, 16> scalesOfQ3K(const std::uint8_t* a)
{
    std::array<int, 16> scales{};
    for (int i = 0; i < 16; ++i) {
        const int low = i < 8 ? a[i] & 15 : a[i - 8] >> 4;
        scales[std::size_t(i)] = low | ((a[8 + (i & 3)] >> 2 * (i >> 2)) & 3) << 4;
    }
    return scales;
}

// The levels of the non-linear four-bit formats.
inline constexpr std::array<float, 16> kLevels{-127, -104, -83, -65, -49, -35, -22, -10,
                                               1,    13,   25,  38,  53,  69,  89,  113};

inline void unpackF32(const std::byte* block, float* values)
{
    *values = numberAt<float>(block);
}

inline void unpackF16(const std::byte* block, float* values)
{
    *values = halfAt(block);
}

inline void unpackBF16(const std::byte* block, float* values)
{
    *values = std::bit_cast<float>(std::uint32_t(numberAt<std::uint16_t>(block)) << 16);
}

inline void unpackF64(const std::byte* block, float* values)
{
    *values = float(numberAt<double>(block));
}

inline void unpackI8(const std::byte* block, float* values)
{
    *values = float(numberAt<std::int8_t>(block));
}

inline void unpackI16(const std::byte* block, float* values)
{
    *values = float(numberAt<std::int16_t>(block));
}

inline void unpackI32(const std::byte* block, float* values)
{
    *values = float(numberAt<std::int32_t>(block));
}

inline void unpackI64(const std::byte* block, float* values)
{
    *values = float(numberAt<std::int64_t>(block));
}

// d, qs[16]
inline void unpackQ40(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    const std::uint8_t* qs = bytesAt(block + 2);
    for (int j = 0; j < 16; ++j) {
        values[j] = (lowNibble(qs[j]) - 8) * d;
        values[j + 16] = (highNibble(qs[j]) - 8) * d;
    }
}

// d, m, qs[16]
inline void unpackQ41(const std::byte* block, float* values)
{
    const float d = halfAt(block), m = halfAt(block + 2);
    const std::uint8_t* qs = bytesAt(block + 4);
    for (int j = 0; j < 16; ++j) {
        values[j] = lowNibble(qs[j]) * d + m;
        values[j + 16] = highNibble(qs[j]) * d + m;
    }
}

// d, qh[4], qs[16]
inline void unpackQ50(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    const auto qh = numberAt<std::uint32_t>(block + 2);
    const std::uint8_t* qs = bytesAt(block + 6);
    for (int j = 0; j < 16; ++j) {
        const auto [low, high] = fiveBitsAt(qs, qh, j);
        values[j] = float(low - 16) * d;
        values[j + 16] = float(high - 16) * d;
    }
}

// d, m, qh[4], qs[16]
inline void unpackQ51(const std::byte* block, float* values)
{
    const float d = halfAt(block), m = halfAt(block + 2);
    const auto qh = numberAt<std::uint32_t>(block + 4);
    const std::uint8_t* qs = bytesAt(block + 8);
    for (int j = 0; j < 16; ++j) {
        const auto [low, high] = fiveBitsAt(qs, qh, j);
        values[j] = float(low) * d + m;
        values[j + 16] = float(high) * d + m;
    }
}

// d, qs[32]
inline void unpackQ80(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    for (int j = 0; j < 32; ++j) values[j] = float(numberAt<std::int8_t>(block + 2 + j)) * d;
}

// scales[16] (four bits of scale, four of minimum), qs[64], d, dmin
inline void unpackQ2K(const std::byte* block, float* values)
{
    const std::uint8_t *scales = bytesAt(block), *qs = bytesAt(block + 16);
    const float d = halfAt(block + 80), dmin = halfAt(block + 82);
    for (int half = 0; half < 2; ++half)
        for (int shift = 0; shift < 8; shift += 2)
            for (int group = 0; group < 2; ++group) {
                const float scale = d * float(*scales & 15), min = dmin * float(*scales >> 4);
                ++scales;
                const std::uint8_t* q = qs + 32 * half + 16 * group;
                for (int l = 0; l < 16; ++l) *values++ = scale * float(q[l] >> shift & 3) - min;
            }
}

// hmask[32], qs[64], scales[12], d
inline void unpackQ3K(const std::byte* block, float* values)
{
    const std::uint8_t *hmask = bytesAt(block), *qs = bytesAt(block + 32);
    const std::array<int, 16> scales = scalesOfQ3K(bytesAt(block + 96));
    const float d = halfAt(block + 108);
    std::size_t next = 0;
    for (int half = 0; half < 2; ++half)
        for (int shift = 0; shift < 8; shift += 2)
            for (int group = 0; group < 2; ++group) {
                const float scale = d * float(scales[next++] - 32);
                const std::uint8_t *q = qs + 32 * half + 16 * group, *h = hmask + 16 * group;
                const int mask = 1 << (4 * half + shift / 2);
                for (int l = 0; l < 16; ++l)
                    *values++ = scale * float((q[l] >> shift & 3) - ((h[l] & mask) != 0 ? 0 : 4));
            }
}

// d, dmin, scales[12], qs[128]
inline void unpackQ4K(const std::byte* block, float* values)
{
    const float d = halfAt(block), dmin = halfAt(block + 2);
    const std::uint8_t *scales = bytesAt(block + 4), *qs = bytesAt(block + 16);
    for (int pair = 0; pair < 4; ++pair, qs += 32) {
        const auto [lowScale, lowMin] = scaleOfGroup(scales, 2 * pair);
        const auto [highScale, highMin] = scaleOfGroup(scales, 2 * pair + 1);
        for (int l = 0; l < 32; ++l) *values++ = d * lowScale * lowNibble(qs[l]) - dmin * lowMin;
        for (int l = 0; l < 32; ++l) *values++ = d * highScale * highNibble(qs[l]) - dmin * highMin;
    }
}

// d, dmin, scales[12], qh[32], qs[128]
inline void unpackQ5K(const std::byte* block, float* values)
{
    const float d = halfAt(block), dmin = halfAt(block + 2);
    const std::uint8_t *scales = bytesAt(block + 4), *qh = bytesAt(block + 16), *qs = bytesAt(block + 48);
    for (int group = 0; group < 8; ++group) {
        const auto [scale, min] = scaleOfGroup(scales, group);
        const std::uint8_t* q = qs + 32 * (group / 2);
        for (int l = 0; l < 32; ++l) {
            const int low = group % 2 == 0 ? q[l] & 15 : q[l] >> 4;
            *values++ = d * scale * float(low + ((qh[l] >> group & 1) << 4)) - dmin * min;
        }
    }
}

// ql[128], qh[64], scales[16], d
inline void unpackQ6K(const std::byte* block, float* values)
{
    const float d = halfAt(block + 208);
    for (int half = 0; half < 2; ++half, values += 128) {
        const std::uint8_t *ql = bytesAt(block + 64 * half), *qh = bytesAt(block + 128 + 32 * half);
        const std::byte* scales = block + 192 + 8 * half;
        for (int quarter = 0; quarter < 4; ++quarter)
            for (int l = 0; l < 32; ++l) {
                const std::uint8_t byte = ql[l + 32 * (quarter % 2)];
                const int q = (quarter < 2 ? byte & 15 : byte >> 4) | (qh[l] >> 2 * quarter & 3) << 4;
                const auto scale = float(numberAt<std::int8_t>(scales + l / 16 + 2 * quarter));
                values[32 * quarter + l] = d * scale * float(q - 32);
            }
    }
}

// d, qs[16]
inline void unpackIQ4NL(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    const std::uint8_t* qs = bytesAt(block + 2);
    for (int j = 0; j < 16; ++j) {
        values[j] = d * kLevels[qs[j] & 15];
        values[j + 16] = d * kLevels[qs[j] >> 4];
    }
}

// d, scales_h, scales_l[4], qs[128]
inline void unpackIQ4XS(const std::byte* block, float* values)
{
    const float d = halfAt(block);
    const auto high = numberAt<std::uint16_t>(block + 2);
    const std::uint8_t *low = bytesAt(block + 4), *qs = bytesAt(block + 8);
    for (int group = 0; group < 8; ++group, qs += 16, values += 32) {
        const int scale = (low[group / 2] >> 4 * (group % 2) & 15) | (high >> 2 * group & 3) << 4;
        for (int j = 0; j < 16; ++j) {
            values[j] = d * float(scale - 32) * kLevels[qs[j] & 15];
            values[j + 16] = d * float(scale - 32) * kLevels[qs[j] >> 4];
        }
    }
}

} // namespace headlens::test::plain
