// SPDX-License-Identifier: GPL-3.0-or-later
// Matrix products whose right side is laid out beforehand ("packed"), as the vectors of this processor read it: panels
// of a few vectors of columns each, one row of the panel after the other. Everything is counted in units of 32 bits:
// one float32, two neighbouring bfloat16 or four neighbouring bytes. Plain pointers, no torch; the calls are
// thread-safe.
#pragma once

#include "core/kernels/activation.h"

#include <cstdint>
#include <optional>

namespace headlens {

enum class Operand : std::uint8_t { Float32, BFloat16, Int8 };

bool hasProductOf(Operand operand); // whether this processor has kernels for it

// What follows a product, in this order. factor and added [rows,columns], their rows as far apart as those of the
// result; bias and scale [columns]; may be null.
struct RowEpilogue {
    const float* bias = nullptr;
    std::optional<Activation> activation = {};
    const float *factor = nullptr, *scale = nullptr, *added = nullptr;
};

// What the whole numbers of an Int8 product stand for. A row of the left side is least + step * q with q from 0 to 255
// (quantizeRows()), a column of the right side step * q with q from -127 to 127; the product of both is then
//   rowSteps[r] * columnSteps[c] * (sum of q * q) + rowLeast[r] * columnSums[c],
// columnSums being those of the column's numbers.
struct QuantizedSides {
    const float *rowSteps = nullptr, *rowLeast = nullptr;      // [rows]
    const float *columnSteps = nullptr, *columnSums = nullptr; // [columns]
};

// Units that the panels of a matrix [inner,columns] take.
std::int64_t panelUnits(std::int64_t inner, std::int64_t columns);
// As panels: the transposed of rows [columns,inner], `stride` apart (the weight of a layer, the keys of a head).
void packTransposed(const float* rows, std::int64_t columns, std::int64_t inner, std::int64_t stride, float* panels);
// As panels: rows [inner,columns], `stride` apart (the values of a head).
void packPlain(const float* rows, std::int64_t inner, std::int64_t columns, std::int64_t stride, float* panels);
// The rows [columns,inner] again, dense, from packTransposed().
void unpackTransposed(const float* panels, std::int64_t columns, std::int64_t inner, float* rows);

struct PanelProduct {
    Operand operand = Operand::Float32;
    const float* left = nullptr; // [rows,inner]
    std::int64_t rows = 0, inner = 0, leftStride = 0;
    const float* panels = nullptr; // [inner,columns], packed
    std::int64_t columns = 0;
    RowEpilogue epilogue = {};
    std::int64_t stride = 0; // between the rows of the result; columns or more
    const float* after =
        nullptr;               // what is read after the last panel, as much as a panel: asked of the memory meanwhile
    QuantizedSides sides = {}; // of an Int8 product

    std::int64_t tiles() const;    // the work that can be shared out
    std::int64_t together() const; // tiles of one panel, which had better stay on one core
    // The tiles [begin,end) of the result [rows,columns]; the second rounds it to bfloat16.
    void run(std::int64_t begin, std::int64_t end, float* result) const;
    void run(std::int64_t begin, std::int64_t end, std::uint16_t* result) const;
    // All of it in float32 without an epilogue, into rows of which `stride` >= paddedColumns(columns) numbers may be
    // overwritten.
    void runPadded(float* result) const;
};

std::int64_t paddedColumns(std::int64_t columns);
std::int64_t panelColumns(); // of every panel but the last

// Multiplies and adds in the registers of one core, `steps` times all sums of a tile, and answers the operations (two
// for each lane): what no product can be faster than.
std::int64_t multiplyInRegisters(std::int64_t steps);

} // namespace headlens
