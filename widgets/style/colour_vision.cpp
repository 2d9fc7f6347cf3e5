// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/colour_vision.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

using Matrix = std::array<std::array<float, 3>, 3>; // row: what becomes of red, green, blue

constexpr std::array<Matrix, 5> kSeen{{
    {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {{{0.152286F, 1.052583F, -0.204868F}, {0.114503F, 0.786281F, 0.099216F}, {-0.003882F, -0.048116F, 1.051998F}}},
    {{{0.367322F, 0.860646F, -0.227968F}, {0.280085F, 0.672501F, 0.047413F}, {-0.011820F, 0.042940F, 0.968881F}}},
    {{{1.255528F, -0.076749F, -0.178779F}, {-0.078411F, 0.930809F, 0.147602F}, {0.004733F, 0.691367F, 0.303900F}}},
    {{{0.2126F, 0.7152F, 0.0722F}, {0.2126F, 0.7152F, 0.0722F}, {0.2126F, 0.7152F, 0.0722F}}},
}};

constexpr int kSteps = 4095; // of linear light, fine enough for every step of sRGB

const std::array<float, 256>& linear()
{
    static const auto table = [] {
        std::array<float, 256> made{};
        for (std::size_t i = 0; i < made.size(); ++i) {
            const double c = double(i) / 255;
            made[i] = float(c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
        }
        return made;
    }();
    return table;
}

const std::array<std::uint8_t, kSteps + 1>& encoded()
{
    static const auto table = [] {
        std::array<std::uint8_t, kSteps + 1> made{};
        for (std::size_t i = 0; i < made.size(); ++i) {
            const double c = double(i) / kSteps;
            const double s = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
            made[i] = std::uint8_t(s * 255 + 0.5);
        }
        return made;
    }();
    return table;
}

QRgb seen(const Matrix& matrix, QRgb pixel)
{
    const float r = linear()[std::size_t(qRed(pixel))], g = linear()[std::size_t(qGreen(pixel))],
                b = linear()[std::size_t(qBlue(pixel))];
    const auto channel = [&](const std::array<float, 3>& row) {
        const float value = std::clamp(row[0] * r + row[1] * g + row[2] * b, 0.0F, 1.0F);
        return int(encoded()[std::size_t(value * kSteps + 0.5F)]);
    };
    return qRgba(channel(matrix[0]), channel(matrix[1]), channel(matrix[2]), qAlpha(pixel));
}

} // namespace

QColor seenWith(Vision vision, const QColor& colour)
{
    return vision == Vision::Full ? colour : QColor::fromRgba(seen(kSeen[std::size_t(vision)], colour.rgba()));
}

void simulate(Vision vision, QImage& image)
{
    if (vision == Vision::Full || image.isNull()) return;
    image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    const Matrix& matrix = kSeen[std::size_t(vision)];
    QRgb from = 0, to = seen(matrix, 0); // most pixels of a window are like the one before
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            if (line[x] != from) {
                from = line[x];
                to = seen(matrix, from);
            }
            line[x] = to;
        }
    }
}

} // namespace headlens
