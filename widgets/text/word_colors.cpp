// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/word_colors.h"

#include "core/base/colormap.h"

#include <algorithm>
#include <cmath>

namespace headlens {

QColor wordFill(const Display& display, float unit, const QColor& ground)
{
    constexpr float kDarkest = 0.25F; // below it palettes are as dark as a dark ground
    const float clamped = std::clamp(unit, 0.0F, 1.0F);
    const float strength = display.difference ? std::abs(2 * clamped - 1) : clamped;
    const ColorTable& colors = colorTable(display.colors().toStdString());
    const Rgb& c = colorAt(colors, display.difference ? clamped : kDarkest + (1 - kDarkest) * clamped);
    const auto mix = [&](int from, std::uint8_t to) {
        return int(std::lround(float(from) + strength * float(int(to) - from)));
    };
    return {mix(ground.red(), c.r), mix(ground.green(), c.g), mix(ground.blue(), c.b)};
}

} // namespace headlens
