// SPDX-License-Identifier: GPL-3.0-or-later
// How each instruction set unpacks blocks. Private to core/kernels.
#pragma once

#include "core/kernels/block_formats.h"

namespace headlens {

struct BlockTable {
    void (*of[kBlockFormats])(const std::byte* blocks, std::int64_t count, float* values); // by BlockFormat
};

extern const BlockTable kBaselineBlocks;
#ifdef __x86_64__
extern const BlockTable kAvx2Blocks, kAvx512Blocks;
#endif

} // namespace headlens
