// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/colormap.h"

#include <algorithm>

namespace headlens {
namespace {

std::uint8_t hexByte(const char* digits)
{
    const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
    return std::uint8_t(value(digits[0]) * 16 + value(digits[1]));
}

ColorTable fromHex(const char* text)
{
    ColorTable table{};
    for (Rgb& color : table) {
        color = {hexByte(text), hexByte(text + 2), hexByte(text + 4)};
        text += 6;
    }
    return table;
}

ColorTable greys()
{
    ColorTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = {std::uint8_t(i), std::uint8_t(i), std::uint8_t(i)};
    return table;
}

// Blue below the middle, white in it, vermilion above: told apart by every kind of colour vision.
ColorTable differences()
{
    constexpr Rgb kBelow{0, 90, 160}, kAbove{200, 70, 0};
    ColorTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double place = 2.0 * double(i) / double(table.size() - 1) - 1, far = place < 0 ? -place : place;
        const Rgb& end = place < 0 ? kBelow : kAbove;
        const auto mix = [&](std::uint8_t to) { return std::uint8_t(248 + far * (double(to) - 248) + 0.5); };
        table[i] = {mix(end.r), mix(end.g), mix(end.b)};
    }
    return table;
}

} // namespace

const std::vector<std::string_view>& colorMapNames()
{
    static const std::vector<std::string_view> kNames{"viridis", "cividis", "magma", "inferno",
                                                      "plasma",  "grey",    "turbo"};
    return kNames;
}

const ColorTable& colorTable(std::string_view name)
{
    static const std::array<ColorTable, 7> kTables{fromHex(tables::kViridis), fromHex(tables::kCividis),
                                                   fromHex(tables::kMagma),   fromHex(tables::kInferno),
                                                   fromHex(tables::kPlasma),  greys(),
                                                   fromHex(tables::kTurbo)};
    static const ColorTable kDifferences = differences();
    if (name == kDifferenceColors) return kDifferences;
    const auto& names = colorMapNames();
    const auto hit = std::ranges::find(names, name);
    return hit == names.end() ? kTables[0] : kTables[std::size_t(hit - names.begin())];
}

Rgb headColor(int index)
{
    static constexpr std::array<Rgb, 8> kColors{{{230, 159, 0},
                                                 {86, 180, 233},
                                                 {0, 158, 115},
                                                 {240, 228, 66},
                                                 {0, 114, 178},
                                                 {213, 94, 0},
                                                 {204, 121, 167},
                                                 {153, 153, 153}}};
    return kColors[std::size_t(index < 0 ? 0 : index) % kColors.size()];
}

} // namespace headlens
