// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to rows of numbers between the matrix products, for the CPU's widest vectors: plain pointers, no torch.
// The softmax comes in two halves, because the division can wait for the (much shorter) rows of the result: 3 times as
// fast as the library softmaxes at hand.
#pragma once

#include <cstdint>

namespace headlens {

struct ScoreRows {
    float* scores; // [rows,columns], `stride` apart
    std::int64_t rows, columns, stride;
    float scale;                                  // of the scores
    const float *bias = nullptr, *mask = nullptr; // [rows,columns] each, dense, added after the scale; may be null
};

// scores <- exp(t - max t) with t = scores * scale + bias + mask, and the sum of every row into `sums` [rows].
// Relative error of a weight below 3e-7; what lies 80 under the maximum counts as 2e-35.
void exponentiateRows(const ScoreRows& x, float* sums);

// Rows of results that wait for the division: values [rows,columns], `valueStride` apart, sums [rows]. The quotients go
// where rows are `stride` apart.
struct DividedRows {
    const float* values;
    std::int64_t rows, columns, valueStride;
    const float* sums;
    std::int64_t stride;
};
void divideRows(const DividedRows& x, float* quotients);
// Rounded to bfloat16: to the nearest, ties to even.
void divideRowsRounded(const DividedRows& x, std::uint16_t* quotients);

// Rows for a LayerNorm over their columns: values [rows,columns], dense; weight and bias [columns].
struct NormalizedRows {
    const float* values;
    std::int64_t rows, columns;
    const float *weight, *bias;
    double eps; // inside the root
};
void normalizeRows(const NormalizedRows& x, float* normed);
void normalizeRowsRounded(const NormalizedRows& x, std::uint16_t* normed); // to bfloat16, as above

// Rows as an Int8 product takes its left side: values [rows,columns], dense; whole numbers from 0 to 255
// [rows,columns], `stride` apart, zeros behind them; a value is least + step * whole within half a step. The step of a
// row that is not finite everywhere is not a number.
struct QuantizedRows {
    const float* values;
    std::int64_t rows, columns, stride;
    std::uint8_t* whole;
    float *steps, *least; // [rows]
};
void quantizeRows(const QuantizedRows& x);

// One query of every head with all keys: the keys are read once, where a matrix product would copy them first.
struct QueryAndKeys {
    const float *query, *keys;
    std::int64_t heads, count, size;                        // count: of the keys
    std::int64_t queryHeadStride, keyHeadStride, keyStride; // between heads, heads and keys
};
// scores [heads,count], dense.
void scoreKeys(const QueryAndKeys& x, float* scores);

} // namespace headlens
