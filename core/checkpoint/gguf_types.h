// SPDX-License-Identifier: GPL-3.0-or-later
// The number formats of GGUF: rows of blocks, each with scales of its own.
#pragma once

#include "core/kernels/block_formats.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace headlens {

struct GgufType {
    std::uint32_t id;
    std::string_view name;
    std::uint32_t values, bytes;       // of one block
    std::optional<BlockFormat> format; // none: listed, but not computed with

    // Of a whole number of blocks.
    std::uint64_t bytesOf(std::uint64_t count) const { return count / values * bytes; }
};

// Nothing for ids that were never given or are no longer in use.
const GgufType* ggufTypeOf(std::uint32_t id);

// Whole blocks to float32, as ggml computes them bit by bit. Demands type.format and as many bytes as `values` need.
void unpackBlocks(const GgufType& type, std::span<const std::byte> blocks, std::span<float> values);

} // namespace headlens
