// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_types.h"

#include <algorithm>
#include <array>

namespace headlens {

const GgufType* ggufTypeOf(std::uint32_t id)
{
    static constexpr std::array kTypes = std::to_array<GgufType>({
        {0, "F32", 1, 4, BlockFormat::F32},
        {1, "F16", 1, 2, BlockFormat::F16},
        {2, "Q4_0", 32, 18, BlockFormat::Q4_0},
        {3, "Q4_1", 32, 20, BlockFormat::Q4_1},
        {6, "Q5_0", 32, 22, BlockFormat::Q5_0},
        {7, "Q5_1", 32, 24, BlockFormat::Q5_1},
        {8, "Q8_0", 32, 34, BlockFormat::Q8_0},
        {9, "Q8_1", 32, 36, {}},
        {10, "Q2_K", 256, 84, BlockFormat::Q2_K},
        {11, "Q3_K", 256, 110, BlockFormat::Q3_K},
        {12, "Q4_K", 256, 144, BlockFormat::Q4_K},
        {13, "Q5_K", 256, 176, BlockFormat::Q5_K},
        {14, "Q6_K", 256, 210, BlockFormat::Q6_K},
        {15, "Q8_K", 256, 292, {}},
        {16, "IQ2_XXS", 256, 66, {}},
        {17, "IQ2_XS", 256, 74, {}},
        {18, "IQ3_XXS", 256, 98, {}},
        {19, "IQ1_S", 256, 50, {}},
        {20, "IQ4_NL", 32, 18, BlockFormat::IQ4_NL},
        {21, "IQ3_S", 256, 110, {}},
        {22, "IQ2_S", 256, 82, {}},
        {23, "IQ4_XS", 256, 136, BlockFormat::IQ4_XS},
        {24, "I8", 1, 1, BlockFormat::I8},
        {25, "I16", 1, 2, BlockFormat::I16},
        {26, "I32", 1, 4, BlockFormat::I32},
        {27, "I64", 1, 8, BlockFormat::I64},
        {28, "F64", 1, 8, BlockFormat::F64},
        {29, "IQ1_M", 256, 56, {}},
        {30, "BF16", 1, 2, BlockFormat::BF16},
        {34, "TQ1_0", 256, 54, {}},
        {35, "TQ2_0", 256, 66, {}},
        {39, "MXFP4", 32, 17, {}},
    });
    const auto* hit = std::ranges::find(kTypes, id, &GgufType::id);
    return hit == kTypes.end() ? nullptr : hit;
}

void unpackBlocks(const GgufType& type, std::span<const std::byte> blocks, std::span<float> values)
{
    const std::size_t count = std::min(values.size() / type.values, blocks.size() / type.bytes);
    unpackBlocks(type.format.value(), blocks.data(), std::int64_t(count), values.data());
}

} // namespace headlens
