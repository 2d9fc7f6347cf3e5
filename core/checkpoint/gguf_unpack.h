// SPDX-License-Identifier: GPL-3.0-or-later
// One block of each number format of GGUF as float32, in the order of operations that ggml uses: the results are equal
// bit by bit. The layouts of the blocks are those of ggml-quants (github.com/ggml-org/ggml).
#pragma once

#include <cstddef>

namespace headlens::gguf {

void unpackF32(const std::byte* block, float* values);
void unpackF16(const std::byte* block, float* values);
void unpackBF16(const std::byte* block, float* values);
void unpackF64(const std::byte* block, float* values);
void unpackI8(const std::byte* block, float* values);
void unpackI16(const std::byte* block, float* values);
void unpackI32(const std::byte* block, float* values);
void unpackI64(const std::byte* block, float* values);
void unpackQ40(const std::byte* block, float* values);
void unpackQ41(const std::byte* block, float* values);
void unpackQ50(const std::byte* block, float* values);
void unpackQ51(const std::byte* block, float* values);
void unpackQ80(const std::byte* block, float* values);
void unpackQ2K(const std::byte* block, float* values);
void unpackQ3K(const std::byte* block, float* values);
void unpackQ4K(const std::byte* block, float* values);
void unpackQ5K(const std::byte* block, float* values);
void unpackQ6K(const std::byte* block, float* values);
void unpackIQ4NL(const std::byte* block, float* values);
void unpackIQ4XS(const std::byte* block, float* values);

} // namespace headlens::gguf
