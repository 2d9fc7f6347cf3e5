// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of row_kernels.h for vectors of W floats. Private to core/kernels; static as in lanes.h.
#pragma once

#include "core/kernels/lanes.h"
#include "core/kernels/row_kernels.h"

#include <cmath>
#include <limits>

namespace headlens {

// sum of (x - centre)^power over a row
template <int W>
static inline float momentOf(const float* row, std::int64_t columns, float centre, int power)
{
    Lanes<W> sum{};
    eachLanes<W>(columns, [&](std::int64_t at, auto count) {
        const Lanes<W> x = loadSome<W>(row + at, count, centre) - centre;
        sum += power == 2 ? x * x : x;
    });
    return total<W>(sum);
}

template <int W, class Number>
static void normalize(const NormalizedRows& x, Number* normed)
{
    const auto columns = float(x.columns);
    for (std::int64_t r = 0; r < x.rows; ++r) {
        const float* row = x.values + r * x.columns;
        const float mean = momentOf<W>(row, x.columns, 0, 1) / columns;
        const float variance = momentOf<W>(row, x.columns, mean, 2) / columns;
        const auto scale = float(1 / std::sqrt(double(variance) + x.eps));
        eachLanes<W>(x.columns, [&](std::int64_t at, auto count) {
            const Lanes<W> y = (loadSome<W>(row + at, count) - mean) * scale * loadSome<W>(x.weight + at, count) +
                               loadSome<W>(x.bias + at, count);
            storeSome<W>(y, count, normed + r * x.columns + at);
        });
    }
}

// One row: t into its place, its largest value back.
template <int W>
static inline float biased(float* row, const ScoreRows& x, const float* bias, const float* mask)
{
    constexpr float kLeast = -std::numeric_limits<float>::infinity();
    Lanes<W> largest = Lanes<W>{} + kLeast;
    eachLanes<W>(x.columns, [&](std::int64_t at, auto count) {
        Lanes<W> t = loadSome<W>(row + at, count) * x.scale;
        if (bias != nullptr) t += loadSome<W>(bias + at, count);
        if (mask != nullptr) t += loadSome<W>(mask + at, count);
        storeSome<W>(t, count, row + at);
        const Lanes<W> seen = firstLanes<W>(t, count, kLeast);
        largest = seen > largest ? seen : largest;
    });
    return largestOf<W>(largest);
}

template <int W>
static inline float exponentials(float* row, std::int64_t columns, float most)
{
    Lanes<W> sum{};
    eachLanes<W>(columns, [&](std::int64_t at, auto count) {
        const Lanes<W> e = exponential<W>(loadSome<W>(row + at, count, most) - most);
        storeSome<W>(e, count, row + at);
        sum += firstLanes<W>(e, count, 0); // what is not there adds nothing
    });
    return total<W>(sum);
}

template <int W>
static void exponentiate(const ScoreRows& x, float* sums)
{
    for (std::int64_t r = 0; r < x.rows; ++r) {
        float* const row = x.scores + r * x.stride;
        const float most = biased<W>(row, x, x.bias != nullptr ? x.bias + r * x.columns : nullptr,
                                     x.mask != nullptr ? x.mask + r * x.columns : nullptr);
        sums[r] = exponentials<W>(row, x.columns, most);
    }
}

// Keys of one head, all read side by side: one sum has to wait for itself. `next`: those after them, which are asked of
// the memory meanwhile.
template <int W, int Keys>
static inline void scoreTogether(const float* query, const float* keys, const float* next, std::int64_t stride,
                                 std::int64_t size, float* scores)
{
    constexpr std::int64_t kLine = 16; // floats
    for (std::int64_t k = 0; k < Keys; ++k)
        for (std::int64_t line = 0; line < size; line += kLine) __builtin_prefetch(next + k * stride + line);
    Lanes<W> sums[Keys]{};
    eachLanes<W>(size, [&](std::int64_t at, auto count) {
        const Lanes<W> asked = loadSome<W>(query + at, count);
#pragma GCC unroll 4
        for (int k = 0; k < Keys; ++k) sums[k] += asked * loadSome<W>(keys + k * stride + at, count);
    });
    for (int k = 0; k < Keys; ++k) scores[k] = total<W>(sums[k]);
}

template <int W>
static void score(const QueryAndKeys& x, float* scores)
{
    constexpr std::int64_t kTogether = 4;
    std::int64_t key = 0;
    const auto each = [&](auto together) {
        constexpr int kKeys = decltype(together)::value;
        const std::int64_t next = key + 2 * kKeys <= x.count ? key + kKeys : key;
        for (std::int64_t head = 0; head < x.heads; ++head)
            scoreTogether<W, kKeys>(x.query + head * x.queryHeadStride,
                                    x.keys + key * x.keyStride + head * x.keyHeadStride,
                                    x.keys + next * x.keyStride + head * x.keyHeadStride, x.keyStride, x.size,
                                    scores + head * x.count + key);
        key += kKeys;
    };
    while (key + kTogether <= x.count) each(std::integral_constant<int, kTogether>());
    while (key < x.count) each(std::integral_constant<int, 1>());
}

// x [columns] -> whole numbers from 0 to 255, and how to get back.
template <int W>
static inline void quantizeRow(const float* x, std::int64_t columns, std::uint8_t* whole, float& step, float& least)
{
    constexpr float kMost = 255, kSmallest = 1e-30F;         // no division by nothing where a row is all alike
    Lanes<W> low = Lanes<W>{} + x[0], high = low, nothing{}; // not a number where one of x is not finite
    eachLanes<W>(columns, [&](std::int64_t at, auto count) {
        const Lanes<W> here = loadSome<W>(x + at, count, x[0]);
        low = here < low ? here : low;
        high = here > high ? here : high;
        nothing += here - here;
    });
    least = -largestOf<W>(-low);
    const float range = largestOf<W>(high) - least;
    step = (range > kSmallest ? range : kSmallest) / kMost + total<W>(nothing);
    const float perStep = 1 / step;
    eachLanes<W>(columns, [&](std::int64_t at, auto count) {
        const Lanes<W> q = (loadSome<W>(x + at, count, least) - least) * perStep + 0.5F;
        const auto rounded = __builtin_convertvector(q < kMost ? q : Lanes<W>{} + kMost, typename LanesOf<W>::Whole);
        std::uint8_t bytes[W];
        for (int i = 0; i < W; ++i) bytes[i] = std::uint8_t(rounded[i]);
        copySome<W>(bytes, count, whole + at);
    });
}

template <int W>
static void quantize(const QuantizedRows& x)
{
    for (std::int64_t r = 0; r < x.rows; ++r) {
        std::uint8_t* const row = x.whole + r * x.stride;
        quantizeRow<W>(x.values + r * x.columns, x.columns, row, x.steps[r], x.least[r]);
        for (std::int64_t i = x.columns; i < x.stride; ++i) row[i] = 0;
    }
}

template <int W, class Number>
static void divide(const DividedRows& x, Number* quotients)
{
    for (std::int64_t r = 0; r < x.rows; ++r) {
        const float share = 1 / x.sums[r];
        eachLanes<W>(x.columns, [&](std::int64_t at, auto count) {
            storeSome<W>(loadSome<W>(x.values + r * x.valueStride + at, count) * share, count,
                         quotients + r * x.stride + at);
        });
    }
}

} // namespace headlens
