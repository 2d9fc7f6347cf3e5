// SPDX-License-Identifier: GPL-3.0-or-later
// The loops of number_formats.h, which the compiler widens to the vectors of each file. Private to core/kernels; static
// as in lanes.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace headlens {

constexpr std::uint32_t kInfinity = 0x7F80'0000; // as bits: the exponent of what is infinite or not a number

// Exponent and fraction of a float16, moved to their places in a float32, are 2^112 times too small; that goes for
// denormals as well.
template <int W>
static void widenHalves(const std::byte* from, std::int64_t count, float* to)
{
    constexpr float kMissing = 0x1p112F;
    constexpr std::uint32_t kSign = 0x8000, kRest = 0x7FFF, kLargest = 0x477F'E000; // 65504
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint16_t half = 0;
        std::memcpy(&half, from + i * std::int64_t(sizeof(half)), sizeof(half));
        const std::uint32_t moved = (half & kRest) << 13U;
        float number = 0;
        std::memcpy(&number, &moved, sizeof(number));
        number *= kMissing;
        std::uint32_t bits = 0;
        std::memcpy(&bits, &number, sizeof(bits));
        bits |= (bits > kLargest ? kInfinity : 0) | (half & kSign) << 16U;
        std::memcpy(to + i, &bits, sizeof(bits));
    }
}

template <int W>
static void widenUpperHalves(const std::byte* from, std::int64_t count, float* to)
{
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint16_t half = 0;
        std::memcpy(&half, from + i * std::int64_t(sizeof(half)), sizeof(half));
        const std::uint32_t bits = std::uint32_t(half) << 16U;
        std::memcpy(to + i, &bits, sizeof(bits));
    }
}

template <int W>
static bool isAllFinite(const float* numbers, std::int64_t count)
{
    std::uint32_t bad = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, numbers + i, sizeof(bits));
        bad |= (bits & kInfinity) == kInfinity ? 1 : 0;
    }
    return bad == 0;
}

} // namespace headlens
