// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/contrast.h"

#include "widgets/viewmodel/heat_image.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminanceOf(const QColor& color)
{
    return 0.2126 * linear(double(color.redF())) + 0.7152 * linear(double(color.greenF())) +
           0.0722 * linear(double(color.blueF()));
}

} // namespace

double contrastOf(const QColor& one, const QColor& other)
{
    const double a = luminanceOf(one), b = luminanceOf(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor inkOn(const QColor& ground, const QColor& preferred)
{
    return contrastOf(ground, preferred) >= kReadable ? preferred : readableOn(ground);
}

} // namespace headlens
