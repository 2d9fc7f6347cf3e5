// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/panel_product.h"

#include "core/kernels/kernel_set.h"
#include "core/kernels/processor.h"

#include <algorithm>
#include <cstring>

namespace headlens {
namespace {

constexpr std::int64_t kMostLanes = 16;
constexpr std::int64_t kLine = 16; // units of a cache line

// One panel of a matrix of `columns`: where it begins and how many vectors cross it; the last may have fewer.
struct Panel {
    std::int64_t first, columns, vectors, width;
    Panel(std::int64_t number, std::int64_t all)
        : first(number * panelColumns()), columns(std::min(panelColumns(), all - first)),
          vectors((columns + kernelSet().lanes - 1) / kernelSet().lanes), width(vectors * kernelSet().lanes)
    {
    }
};

std::int64_t panelsOf(std::int64_t columns)
{
    return (columns + panelColumns() - 1) / panelColumns();
}

const TileTable& tableOf(Operand operand)
{
#ifdef __x86_64__
    if (operand == Operand::BFloat16) return kBFloat16Tiles;
    if (operand == Operand::Int8) return kernelSet().lanes == kMostLanes ? kInt8Avx512Tiles : kInt8Avx2Tiles;
#endif
    return kernelSet().floats;
}

// A tile of `rows` rows: the equal shares of all rows, so that none is left over for a tile of its own.
struct RowShare {
    std::int64_t first, count;
    RowShare(std::int64_t number, std::int64_t shares, std::int64_t rows)
        : first(number * rows / shares), count((number + 1) * rows / shares - first)
    {
    }
};

// Every tile asks for its share of the panel after its own, which the cache does not hold yet.
void lookAhead(TileArguments& arguments, const float* next, std::int64_t tile, std::int64_t tiles)
{
    const std::int64_t steps = (arguments.inner + kPrefetchStep - 1) / kPrefetchStep;
    const std::int64_t lines = panelColumns() * arguments.inner / kLine;
    arguments.linesAhead = (lines + tiles * steps - 1) / (tiles * steps);
    arguments.ahead = next + tile * steps * arguments.linesAhead * kLine;
}

// Asks the memory for pieces of rows, which are too short for the processor to foresee.
void askFor(const float* from, std::int64_t rows, std::int64_t columns, std::int64_t stride)
{
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; c += kLine) __builtin_prefetch(from + r * stride + c);
}

void finishTile(const TileFinish& x, float* result)
{
    kernelSet().finish(x, result);
}

void finishTile(const TileFinish& x, std::uint16_t* result)
{
    kernelSet().finishRounded(x, result);
}

RowEpilogue movedTo(std::int64_t row, std::int64_t column, std::int64_t stride, RowEpilogue epilogue)
{
    const auto move = [](const float*& pointer, std::int64_t by) {
        if (pointer != nullptr) pointer += by;
    };
    for (const float** each : {&epilogue.bias, &epilogue.scale}) move(*each, column);
    for (const float** each : {&epilogue.factor, &epilogue.added}) move(*each, row * stride + column);
    return epilogue;
}

QuantizedSides movedTo(std::int64_t row, std::int64_t column, const QuantizedSides& x)
{
    return {x.rowSteps + row, x.rowLeast + row, x.columnSteps + column, x.columnSums + column};
}

template <class Number>
void runTiles(const PanelProduct& x, std::int64_t begin, std::int64_t end, Number* result)
{
    alignas(64) float products[kMostTileRows * kPanelVectors * kMostLanes];
    const TileTable& table = tableOf(x.operand);
    const std::int64_t shares = x.together(), panels = panelsOf(x.columns);
    for (std::int64_t i = begin; i < end; ++i) {
        const Panel panel(i / shares, x.columns);
        const RowShare rows(i % shares, shares, x.rows);
        TileArguments arguments{x.left + rows.first * x.leftStride,
                                x.leftStride,
                                x.panels + panel.first * x.inner,
                                x.inner,
                                products,
                                panel.width,
                                nullptr,
                                0};
        const float* const next = i / shares + 1 < panels ? arguments.panel + panelColumns() * x.inner : x.after;
        if (next != nullptr) lookAhead(arguments, next, i % shares, shares);
        if (x.epilogue.added != nullptr)
            askFor(x.epilogue.added + rows.first * x.stride + panel.first, rows.count, panel.columns, x.stride);
        table.of[rows.count - 1][panel.vectors - 1](arguments);
        if (x.operand == Operand::Int8)
            kernelSet().dequantize({products, panel.width, rows.count, panel.width,
                                    movedTo(rows.first, panel.first, x.sides), panel.columns});
        finishTile({products, panel.width, rows.count, panel.columns, x.stride,
                    movedTo(rows.first, panel.first, x.stride, x.epilogue)},
                   result + rows.first * x.stride + panel.first);
    }
}

constexpr std::int64_t kFour = 4, kGroup = 16; // rows that are turned together: a cache line of the panel
using Four = float __attribute__((vector_size(kFour * sizeof(float))));

// from [4,4], `stride` apart -> transposed at `to`, `width` apart.
void turnFour(const float* from, std::int64_t stride, float* to, std::int64_t width)
{
    Four r[kFour];
    for (std::int64_t i = 0; i < kFour; ++i) std::memcpy(&r[i], from + i * stride, sizeof(Four));
    const Four low01 = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5),
               high01 = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
    const Four low23 = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5),
               high23 = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
    const Four turned[kFour] = {
        __builtin_shufflevector(low01, low23, 0, 1, 4, 5), __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
        __builtin_shufflevector(high01, high23, 0, 1, 4, 5), __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
    for (std::int64_t i = 0; i < kFour; ++i) std::memcpy(to + i * width, &turned[i], sizeof(Four));
}

// kGroup rows [inner], `stride` apart, into kGroup neighbouring columns of a panel.
void turnGroup(const float* rows, std::int64_t inner, std::int64_t stride, float* to, std::int64_t width)
{
    std::int64_t i = 0;
    for (; i + kFour <= inner; i += kFour)
        for (std::int64_t c = 0; c < kGroup; c += kFour)
            turnFour(rows + c * stride + i, stride, to + i * width + c, width);
    for (; i < inner; ++i)
        for (std::int64_t c = 0; c < kGroup; ++c) to[i * width + c] = rows[c * stride + i];
}

} // namespace

bool hasProductOf(Operand operand)
{
    switch (operand) {
    case Operand::Float32: return true;
    case Operand::BFloat16: return hasFastBFloat16();
    case Operand::Int8: return hasFastInt8();
    }
    return false;
}

std::int64_t multiplyInRegisters(std::int64_t steps)
{
    return kernelSet().multiplySums(steps);
}

std::int64_t panelUnits(std::int64_t inner, std::int64_t columns)
{
    return inner * paddedColumns(columns);
}

std::int64_t panelColumns()
{
    return std::int64_t(kPanelVectors) * kernelSet().lanes;
}

std::int64_t paddedColumns(std::int64_t columns)
{
    const std::int64_t lanes = kernelSet().lanes;
    return (columns + lanes - 1) / lanes * lanes;
}

void packTransposed(const float* rows, std::int64_t columns, std::int64_t inner, std::int64_t stride, float* panels)
{
    for (std::int64_t p = 0; p < panelsOf(columns); ++p) {
        const Panel panel(p, columns);
        float* const to = panels + panel.first * inner;
        std::int64_t c = 0;
        for (; c + kGroup <= panel.columns; c += kGroup)
            turnGroup(rows + (panel.first + c) * stride, inner, stride, to + c, panel.width);
        for (; c < panel.width; ++c) {
            const float* const from = rows + (panel.first + c) * stride;
            for (std::int64_t i = 0; i < inner; ++i) to[i * panel.width + c] = c < panel.columns ? from[i] : 0.0F;
        }
    }
}

void packPlain(const float* rows, std::int64_t inner, std::int64_t columns, std::int64_t stride, float* panels)
{
    for (std::int64_t p = 0; p < panelsOf(columns); ++p) {
        const Panel panel(p, columns);
        float* to = panels + panel.first * inner;
        for (std::int64_t i = 0; i < inner; ++i, to += panel.width) {
            std::copy_n(rows + i * stride + panel.first, panel.columns, to);
            std::fill(to + panel.columns, to + panel.width, 0.0F);
        }
    }
}

void unpackTransposed(const float* panels, std::int64_t columns, std::int64_t inner, float* rows)
{
    for (std::int64_t p = 0; p < panelsOf(columns); ++p) {
        const Panel panel(p, columns);
        const float* const from = panels + panel.first * inner;
        constexpr std::int64_t kTogether =
            16; // numbers of a row: of as many lines of the panel, which stay in the cache
        for (std::int64_t begin = 0; begin < inner; begin += kTogether)
            for (std::int64_t c = 0; c < panel.columns; ++c)
                for (std::int64_t i = begin; i < std::min(begin + kTogether, inner); ++i)
                    rows[(panel.first + c) * inner + i] = from[i * panel.width + c];
    }
}

std::int64_t PanelProduct::together() const
{
    const std::int64_t most = tableOf(operand).rows;
    return (rows + most - 1) / most;
}

std::int64_t PanelProduct::tiles() const
{
    return panelsOf(columns) * together();
}

void PanelProduct::run(std::int64_t begin, std::int64_t end, float* result) const
{
    runTiles(*this, begin, end, result);
}

void PanelProduct::run(std::int64_t begin, std::int64_t end, std::uint16_t* result) const
{
    runTiles(*this, begin, end, result);
}

void PanelProduct::runPadded(float* result) const
{
    const TileTable& table = tableOf(operand);
    const std::int64_t shares = together();
    for (std::int64_t i = 0; i < tiles(); ++i) {
        const Panel panel(i / shares, columns);
        const RowShare part(i % shares, shares, rows);
        table.of[part.count - 1][panel.vectors - 1]({left + part.first * leftStride, leftStride,
                                                     panels + panel.first * inner, inner,
                                                     result + part.first * stride + panel.first, stride, nullptr, 0});
    }
}

} // namespace headlens
