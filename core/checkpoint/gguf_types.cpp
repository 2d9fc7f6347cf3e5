// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_types.h"

#include "core/checkpoint/gguf_unpack.h"

#include <algorithm>
#include <array>

namespace headlens {

const GgufType* ggufTypeOf(std::uint32_t id)
{
    static constexpr std::array kTypes = std::to_array<GgufType>({
        {0, "F32", 1, 4, gguf::unpackF32},         {1, "F16", 1, 2, gguf::unpackF16},
        {2, "Q4_0", 32, 18, gguf::unpackQ40},      {3, "Q4_1", 32, 20, gguf::unpackQ41},
        {6, "Q5_0", 32, 22, gguf::unpackQ50},      {7, "Q5_1", 32, 24, gguf::unpackQ51},
        {8, "Q8_0", 32, 34, gguf::unpackQ80},      {9, "Q8_1", 32, 36, nullptr},
        {10, "Q2_K", 256, 84, gguf::unpackQ2K},    {11, "Q3_K", 256, 110, gguf::unpackQ3K},
        {12, "Q4_K", 256, 144, gguf::unpackQ4K},   {13, "Q5_K", 256, 176, gguf::unpackQ5K},
        {14, "Q6_K", 256, 210, gguf::unpackQ6K},   {15, "Q8_K", 256, 292, nullptr},
        {16, "IQ2_XXS", 256, 66, nullptr},         {17, "IQ2_XS", 256, 74, nullptr},
        {18, "IQ3_XXS", 256, 98, nullptr},         {19, "IQ1_S", 256, 50, nullptr},
        {20, "IQ4_NL", 32, 18, gguf::unpackIQ4NL}, {21, "IQ3_S", 256, 110, nullptr},
        {22, "IQ2_S", 256, 82, nullptr},           {23, "IQ4_XS", 256, 136, gguf::unpackIQ4XS},
        {24, "I8", 1, 1, gguf::unpackI8},          {25, "I16", 1, 2, gguf::unpackI16},
        {26, "I32", 1, 4, gguf::unpackI32},        {27, "I64", 1, 8, gguf::unpackI64},
        {28, "F64", 1, 8, gguf::unpackF64},        {29, "IQ1_M", 256, 56, nullptr},
        {30, "BF16", 1, 2, gguf::unpackBF16},      {34, "TQ1_0", 256, 54, nullptr},
        {35, "TQ2_0", 256, 66, nullptr},           {39, "MXFP4", 32, 17, nullptr},
    });
    const auto* hit = std::ranges::find(kTypes, id, &GgufType::id);
    return hit == kTypes.end() ? nullptr : hit;
}

void unpackBlocks(const GgufType& type, std::span<const std::byte> blocks, std::span<float> values)
{
    const std::size_t count = values.size() / type.values;
    for (std::size_t i = 0; i < count; ++i)
        type.unpack(blocks.data() + i * type.bytes, values.data() + i * type.values);
}

} // namespace headlens
