// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/block_formats.h"

#include "core/kernels/block_table.h"
#include "core/kernels/processor.h"

#include <array>

namespace headlens {
namespace {

const BlockTable& blockTable()
{
#ifdef __x86_64__
    static const BlockTable& kChosen = instructionSet() == InstructionSet::Avx512 ? kAvx512Blocks
                                       : instructionSet() == InstructionSet::Avx2 ? kAvx2Blocks
                                                                                  : kBaselineBlocks;
    return kChosen;
#else
    return kBaselineBlocks;
#endif
}

} // namespace

BlockSize blockSizeOf(BlockFormat format)
{
    static constexpr std::array<BlockSize, kBlockFormats> kSizes{{
        {1, 4},   {1, 2},   {1, 2},   {1, 8},    {1, 1},     {1, 2},     {1, 4},     {1, 8},     {32, 18}, {32, 20},
        {32, 22}, {32, 24}, {32, 34}, {256, 84}, {256, 110}, {256, 144}, {256, 176}, {256, 210}, {32, 18}, {256, 136},
    }}; // by BlockFormat
    return kSizes.at(std::size_t(format));
}

void unpackBlocks(BlockFormat format, const std::byte* blocks, std::int64_t count, float* values)
{
    blockTable().of[std::size_t(format)](blocks, count, values);
}

} // namespace headlens
