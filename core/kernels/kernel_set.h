// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of one instruction set, and the choice among the sets. Private to core/kernels.
#pragma once

#include "core/kernels/panel_product.h"
#include "core/kernels/row_kernels.h"

#include <cstddef>
#include <cstdint>

namespace headlens {

constexpr int kMostTileRows = 8; // rows of a tile; half of them where the processor has 16 vectors instead of 32
constexpr int kPanelVectors =
    3; // vectors across a panel: with 8 rows 24 sums, 3 weights and one number of the left side

// rows [rows,inner] x panel [inner,columns] -> products; everything counted in units of 32 bits.
struct TileArguments {
    const float* rows;
    std::int64_t rowStride;
    const float* panel; // dense
    std::int64_t inner;
    float* products;
    std::int64_t productStride;
    const float*
        ahead; // what the next tiles need from memory, linesAhead cache lines of it for every kPrefetchStep of inner
    std::int64_t linesAhead;
};
constexpr std::int64_t kPrefetchStep = 16;

struct TileTable {
    int rows;                                                       // the most that a tile has
    void (*of[kMostTileRows][kPanelVectors])(const TileArguments&); // by rows - 1 and vectors - 1
};

// What is done to the products of a tile: bias, activation, factor, scale, added; in this order, all rows `stride`
// apart.
struct TileFinish {
    const float* products;
    std::int64_t productStride, rows, columns, stride;
    RowEpilogue epilogue; // begins at the tile's first row and column
};

// The sums of an Int8 tile, which lie as int32 in the place of the products, become the products.
struct TileSums {
    float* products;
    std::int64_t productStride, rows, columns; // columns: whole vectors
    QuantizedSides sides;                      // begin at the tile's first row and column
    std::int64_t known;                        // columns that the sides have; the others may become anything
};

struct KernelSet {
    int lanes; // floats in a vector
    TileTable floats;
    std::int64_t (*multiplySums)(std::int64_t);
    void (*dequantize)(const TileSums&);
    void (*finish)(const TileFinish&, float*);
    void (*finishRounded)(const TileFinish&, std::uint16_t*);
    void (*exponentiate)(const ScoreRows&, float*);
    void (*score)(const QueryAndKeys&, float*);
    void (*divide)(const DividedRows&, float*);
    void (*divideRounded)(const DividedRows&, std::uint16_t*);
    void (*normalize)(const NormalizedRows&, float*);
    void (*normalizeRounded)(const NormalizedRows&, std::uint16_t*);
    void (*quantize)(const QuantizedRows&);
    void (*widenFloat16)(const std::byte*, std::int64_t, float*);
    void (*widenBFloat16)(const std::byte*, std::int64_t, float*);
    bool (*allFinite)(const float*, std::int64_t);
};

extern const KernelSet kBaselineKernels; // what every processor of this kind has
#ifdef __x86_64__
extern const KernelSet kAvx2Kernels, kAvx512Kernels;
extern const TileTable kBFloat16Tiles; // of AVX-512
extern const TileTable kInt8Avx2Tiles, kInt8Avx512Tiles;
#endif

const KernelSet& kernelSet(); // of instructionSet()

} // namespace headlens
