// SPDX-License-Identifier: GPL-3.0-or-later
// Colour maps, one source for canvas, plots and exported pictures. All but turbo are perceptually uniform.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace headlens {

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;
};

using ColorTable = std::array<Rgb, 256>;

// For differences, with white in the middle; not among the names below, since no row of weights is one.
inline constexpr std::string_view kDifferenceColors = "difference";

// "viridis" (default), "cividis", "magma", "inferno", "plasma", "grey", "turbo"; an unknown name answers viridis.
const ColorTable& colorTable(std::string_view name);
const std::vector<std::string_view>& colorMapNames();

// Distinct, colour-blind-safe colours (Okabe and Ito) for heads that are overlaid; repeats after eight.
Rgb headColor(int index);

inline const Rgb& colorAt(const ColorTable& table, float unit)
{
    const float clamped = unit < 0 ? 0 : unit > 1 ? 1 : unit;
    return table[std::size_t(clamped * 255.0F + 0.5F)];
}

// The colour of a patch over a picture: from the upper part of the table only, whose dark end would look like a shadow.
inline const Rgb& overlayColor(const ColorTable& table, float unit)
{
    constexpr float kDarkEnd = 0.35F;
    const float clamped = unit < 0 ? 0 : unit > 1 ? 1 : unit;
    return colorAt(table, kDarkEnd + (1 - kDarkEnd) * clamped);
}

// How opaque a patch is painted over a picture: as its weight, so that nothing hides what gets none.
inline double overlayOpacity(double opacity, float unit)
{
    const double clamped = unit < 0 ? 0 : unit > 1 ? 1 : double(unit);
    return opacity * clamped;
}

namespace tables {
extern const char* const kViridis;
extern const char* const kCividis;
extern const char* const kMagma;
extern const char* const kInferno;
extern const char* const kPlasma;
extern const char* const kTurbo;
} // namespace tables

} // namespace headlens
