// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles of matrix products for vectors of W units. Private to core/kernels; static as in lanes.h.
#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/lanes.h"

#include <utility>

namespace headlens {

template <int W>
struct FloatMath {
    static constexpr int kLanes = W;
    using Sums = Lanes<W>;
    static inline void add(Sums& sums, float row, const Lanes<W>& panel) { sums += panel * row; }
};

// All sums of the tile stay in registers from the first to the last of `inner`.
template <class Math, int Rows, int Vectors>
static void tile(const TileArguments& x)
{
    constexpr int W = Math::kLanes;
    constexpr std::int64_t kLine = 16; // floats
    typename Math::Sums sums[Rows][Vectors]{};
    const float *panel = x.panel, *ahead = x.ahead;
    for (std::int64_t i = 0; i < x.inner;) {
        for (std::int64_t line = 0; line < x.linesAhead; ++line, ahead += kLine) __builtin_prefetch(ahead, 0, 2);
        const std::int64_t end = i + kPrefetchStep < x.inner ? i + kPrefetchStep : x.inner;
        for (; i < end; ++i, panel += Vectors * W) {
            Lanes<W> weights[Vectors];
#pragma GCC unroll 4
            for (int v = 0; v < Vectors; ++v) weights[v] = load<W>(panel + v * W);
#pragma GCC unroll 8
            for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
                for (int v = 0; v < Vectors; ++v) Math::add(sums[r][v], x.rows[r * x.rowStride + i], weights[v]);
        }
    }
#pragma GCC unroll 8
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            std::memcpy(x.products + r * x.productStride + v * W, &sums[r][v], sizeof(sums[r][v]));
}

template <class Math, int Rows, int... Number>
constexpr TileTable tileTable(std::integer_sequence<int, Number...>)
{
    return {Rows, {{tile<Math, Number + 1, 1>, tile<Math, Number + 1, 2>, tile<Math, Number + 1, 3>}...}};
}

// As many sums as a tile has, multiplied and added `steps` times without a look at memory; answers the operations.
template <int W, int Rows>
static std::int64_t multiplySums(std::int64_t steps)
{
    constexpr int kSums = Rows * kPanelVectors;
    Lanes<W> sums[kSums]{}, factor = Lanes<W>{} + 0.5F;
    for (std::int64_t i = 0; i < steps; ++i)
#pragma GCC unroll 32
        for (int s = 0; s < kSums; ++s) {
            sums[s] = sums[s] * factor + factor;
            asm volatile("" : "+v"(sums[s])); // none may be left out
        }
    return steps * kSums * W * 2;
}

template <int W>
static void dequantize(const TileSums& x)
{
    for (std::int64_t c = 0; c < x.columns; c += W) {
        const std::int64_t count = x.known - c < W ? x.known - c : W;
        const Lanes<W> steps = loadSome<W>(x.sides.columnSteps + c, count),
                       sums = loadSome<W>(x.sides.columnSums + c, count);
        for (std::int64_t r = 0; r < x.rows; ++r) {
            float* const place = x.products + r * x.productStride + c;
            typename LanesOf<W>::Whole whole;
            std::memcpy(&whole, place, sizeof(whole));
            const Lanes<W> y =
                __builtin_convertvector(whole, Lanes<W>) * (steps * x.sides.rowSteps[r]) + sums * x.sides.rowLeast[r];
            std::memcpy(place, &y, sizeof(y));
        }
    }
}

template <int W, class Number, class Activate>
static inline void finishWith(const TileFinish& x, Number* result, const Activate& activate)
{
    const RowEpilogue e = x.epilogue; // a copy of its own, which no store can change
    eachLanes<W>(x.columns, [&](std::int64_t at, auto count) {
        const Lanes<W> bias = e.bias != nullptr ? loadSome<W>(e.bias + at, count) : Lanes<W>{};
        const Lanes<W> scale = e.scale != nullptr ? loadSome<W>(e.scale + at, count) : Lanes<W>{} + 1.0F;
        const float* products = x.products + at; // whole vectors are there
        std::int64_t place = at;
        for (std::int64_t r = 0; r < x.rows; ++r, products += x.productStride, place += x.stride) {
            Lanes<W> y = activate(load<W>(products) + bias);
            if (e.factor != nullptr) y *= loadSome<W>(e.factor + place, count);
            y *= scale;
            if (e.added != nullptr) y += loadSome<W>(e.added + place, count);
            storeSome<W>(y, count, result + place);
        }
    });
}

template <int W, class Number>
static void finish(const TileFinish& x, Number* result)
{
    if (!x.epilogue.activation) return finishWith<W>(x, result, [](const Lanes<W>& y) { return y; });
    switch (*x.epilogue.activation) {
    case Activation::Gelu: return finishWith<W>(x, result, [](const Lanes<W>& y) { return gelu<W>(y); });
    case Activation::GeluTanh: return finishWith<W>(x, result, [](const Lanes<W>& y) { return geluTanh<W>(y); });
    case Activation::QuickGelu: return finishWith<W>(x, result, [](const Lanes<W>& y) { return quickGelu<W>(y); });
    case Activation::Silu: return finishWith<W>(x, result, [](const Lanes<W>& y) { return silu<W>(y); });
    case Activation::Relu: return finishWith<W>(x, result, [](const Lanes<W>& y) { return relu<W>(y); });
    }
}

} // namespace headlens
