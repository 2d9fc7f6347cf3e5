// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic on W floats at once, for the files that are compiled for one instruction set each. Private to
// core/kernels. Everything is static: were it shared, the linker might keep the copy of a set that this processor
// lacks.
#pragma once

#include "core/kernels/activation.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace headlens {

template <int W>
struct LanesOf { // typedef: GCC 12 ignores a size that depends on W in an alias
    typedef float Floats __attribute__((vector_size(W * sizeof(float))));       // NOLINT(modernize-use-using)
    typedef std::int32_t Whole __attribute__((vector_size(W * sizeof(float)))); // NOLINT(modernize-use-using)
};
template <int W>
using Lanes = typename LanesOf<W>::Floats;

template <int W>
static inline Lanes<W> load(const float* from)
{
    Lanes<W> lanes;
    std::memcpy(&lanes, from, sizeof(lanes));
    return lanes;
}

// `count` (at most W) numbers, in halves of known size: a call of memcpy() costs more than all the arithmetic on them.
template <int W, class Number>
static inline void copySome(const Number* from, std::int64_t count, Number* to)
{
    if (count >= W) {
        std::memcpy(to, from, W * sizeof(Number));
    } else if constexpr (W > 1) {
        constexpr int kHalf = W / 2;
        const bool isLonger = count >= kHalf;
        if (isLonger) std::memcpy(to, from, kHalf * sizeof(Number));
        const std::int64_t done = isLonger ? kHalf : 0;
        copySome<kHalf>(from + done, count - done, to + done);
    }
}

// How many lanes are meant: all of them, known when compiling, or some.
template <int W>
using AllLanes = std::integral_constant<std::int64_t, W>;

// -1 in the first `count` lanes, 0 in the others.
template <int W>
static inline typename LanesOf<W>::Whole firstPlaces(std::int64_t count)
{
    typename LanesOf<W>::Whole place;
    for (int i = 0; i < W; ++i) place[i] = i;
    return place < std::int32_t(count);
}

// The first `count` lanes; `rest` in the others.
template <int W, class Count>
static inline Lanes<W> firstLanes(const Lanes<W>& lanes, Count count, float rest)
{
    if constexpr (std::is_same_v<Count, AllLanes<W>>) return lanes;
    return firstPlaces<W>(count) ? lanes : Lanes<W>{} + rest;
}

// The first `count` (at most W) numbers; `rest` in the other lanes.
template <int W, class Count>
static inline Lanes<W> loadSome(const float* from, Count count, float rest = 0)
{
    if constexpr (std::is_same_v<Count, AllLanes<W>>) return load<W>(from);
#ifdef __AVX512F__
    return Lanes<W>(_mm512_mask_loadu_ps(_mm512_set1_ps(rest), __mmask16((1U << std::uint32_t(count)) - 1), from));
#elif defined(__AVX2__)
    const auto places = firstPlaces<W>(count);
    return places ? Lanes<W>(_mm256_maskload_ps(from, __m256i(places))) : Lanes<W>{} + rest;
#else
    float numbers[W];
    for (float& number : numbers) number = rest;
    copySome<W>(from, count, numbers);
    return load<W>(numbers);
#endif
}

template <int W, class Count>
static inline void storeSome(const Lanes<W>& lanes, Count count, float* to)
{
    if constexpr (std::is_same_v<Count, AllLanes<W>>) {
        std::memcpy(to, &lanes, sizeof(lanes));
        return;
    }
#ifdef __AVX512F__
    _mm512_mask_storeu_ps(to, __mmask16((1U << std::uint32_t(count)) - 1), __m512(lanes));
#else
    float numbers[W];
    std::memcpy(numbers, &lanes, sizeof(lanes));
    copySome<W>(numbers, count, to);
#endif
}

// bfloat16 is the upper half of a float32; to the nearest, ties to even.
template <int W, class Count>
static inline void storeSome(const Lanes<W>& lanes, Count count, std::uint16_t* to)
{
    constexpr std::uint32_t kHalf = 0x7FFF, kDropped = 16;
    std::uint32_t bits[W];
    std::memcpy(bits, &lanes, sizeof(bits));
    std::uint16_t rounded[W];
    for (int i = 0; i < W; ++i) rounded[i] = std::uint16_t((bits[i] + kHalf + ((bits[i] >> kDropped) & 1)) >> kDropped);
    copySome<W>(rounded, count, to);
}

// All lanes as one number: half of them joined with the other half, and so on.
template <int W, class Join>
static inline float folded(const Lanes<W>& lanes, const Join& join)
{
    if constexpr (W == 1) {
        return lanes[0];
    } else {
        Lanes<W / 2> halves[2];
        std::memcpy(halves, &lanes, sizeof(lanes));
        return folded<W / 2>(join(halves[0], halves[1]), join);
    }
}

template <int W>
static inline float total(const Lanes<W>& lanes)
{
    return folded<W>(lanes, [](const auto& a, const auto& b) { return a + b; });
}

template <int W>
static inline float largestOf(const Lanes<W>& lanes)
{
    return folded<W>(lanes, [](const auto& a, const auto& b) { return a > b ? a : b; });
}

// Calls body(place, count) for every W of `columns`. For whole vectors the count is a constant, so that they are
// compiled without a question; the rest, if any, comes as a number.
template <int W, class Body>
static inline void eachLanes(std::int64_t columns, const Body& body)
{
    std::int64_t i = 0;
    for (; i + W <= columns; i += W) body(i, AllLanes<W>());
    if (i < columns) body(i, columns - i);
}

// exp(x) for x <= 0: 2^n times the Taylor polynomial of the rest, which is at most ln(2)/2. What lies under -80 counts
// as exp(-80) = 2e-35: what is multiplied with it is still no denormal number, which some processors take 100 cycles
// for. Relative error below 3e-7.
template <int W>
static inline Lanes<W> exponential(Lanes<W> x)
{
    constexpr float kLowest = -80, kLog2E = 1.44269504F, kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
    constexpr float kRound = 12582912.0F; // 1.5 * 2^23: adding and taking it away rounds to a whole number
    constexpr int kExponentBits = 23;
    x = x < kLowest ? Lanes<W>{} + kLowest : x;
    const Lanes<W> n = (x * kLog2E + kRound) - kRound;
    const Lanes<W> r = (x - n * kLn2High) - n * kLn2Low;
    Lanes<W> p = r * (1.0F / 5040) + 1.0F / 720;
    p = p * r + 1.0F / 120;
    p = p * r + 1.0F / 24;
    p = p * r + 1.0F / 6;
    p = p * r + 0.5F;
    p = p * r + 1.0F;
    p = p * r + 1.0F;
    typename LanesOf<W>::Whole bits;
    std::memcpy(&bits, &p, sizeof(bits));
    bits += __builtin_convertvector(n, typename LanesOf<W>::Whole) << kExponentBits;
    std::memcpy(&p, &bits, sizeof(p));
    return p;
}

template <int W>
static inline Lanes<W> magnitude(const Lanes<W>& x)
{
    return x < 0 ? -x : x;
}

template <int W>
static inline Lanes<W> sigmoid(const Lanes<W>& x)
{
    const Lanes<W> e = exponential<W>(-magnitude<W>(x));
    return (x < 0 ? e : Lanes<W>{} + 1.0F) / (1.0F + e);
}

// The distribution function of the normal distribution, (1 + erf(x / sqrt(2))) / 2. Its tail is exp(-x^2 / 2) times a
// polynomial in 1 / (1 + p |x|), the form of Hastings (Abramowitz and Stegun 7.1.26); the coefficients are a minimax
// fit of our own to |x| <= 13. Relative error of the tail 1.7e-7, below what float32 makes of it.
template <int W>
static inline Lanes<W> normalDistribution(const Lanes<W>& x)
{
    const Lanes<W> t = 1.0F / (1.0F + 0.29698485136032104F * magnitude<W>(x));
    Lanes<W> p = t * 0.035107795149087906F - 0.16009561717510223F;
    p = p * t + 0.22027955949306488F;
    p = p * t - 0.06521020084619522F;
    p = p * t + 0.13434283435344696F;
    p = p * t + 0.09737186133861542F;
    p = p * t + 0.11979147046804428F;
    p = p * t + 0.11841221153736115F;
    const Lanes<W> tail = p * t * exponential<W>(x * x * -0.5F);
    return x < 0 ? tail : 1.0F - tail;
}

template <int W>
static inline Lanes<W> gelu(const Lanes<W>& x)
{
    return x * normalDistribution<W>(x);
}

template <int W>
static inline Lanes<W> geluTanh(const Lanes<W>& x)
{
    constexpr float kSlope = 1.5957691216F, kCubic = 0.044715F; // 2 sqrt(2 / pi): (1 + tanh(u)) / 2 = sigmoid(2 u)
    return x * sigmoid<W>((x + x * x * x * kCubic) * kSlope);
}

template <int W>
static inline Lanes<W> quickGelu(const Lanes<W>& x)
{
    return x * sigmoid<W>(x * 1.702F);
}

template <int W>
static inline Lanes<W> silu(const Lanes<W>& x)
{
    return x * sigmoid<W>(x);
}

template <int W>
static inline Lanes<W> relu(const Lanes<W>& x)
{
    return x < 0 ? Lanes<W>{} : x;
}

} // namespace headlens
