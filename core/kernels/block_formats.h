// SPDX-License-Identifier: GPL-3.0-or-later
// The number formats of weights, rows of blocks with scales of their own, as float32. The order of operations is that
// of ggml-quants (github.com/ggml-org/ggml): the results are equal bit by bit, whatever the processor. Plain pointers,
// no torch; the calls are thread-safe and stay on their thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace headlens {

enum class BlockFormat : std::uint8_t {
    F32,
    F16,
    BF16,
    F64,
    I8,
    I16,
    I32,
    I64,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K,
    IQ4_NL,
    IQ4_XS,
};
constexpr int kBlockFormats = 20;

struct BlockSize {
    std::int64_t values, bytes;
};
BlockSize blockSizeOf(BlockFormat format);

// `count` blocks, which may lie at any address -> their values.
void unpackBlocks(BlockFormat format, const std::byte* blocks, std::int64_t count, float* values);

} // namespace headlens
