// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/heat_image.h"

#include "core/base/colormap.h"
#include "core/base/map_values.h"
#include "widgets/viewmodel/contrast.h"
#include "widgets/viewmodel/inspection_model.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// `format` is one that Qt scales and blends without converting every pixel on the screen: RGB32 or premultiplied.
template <class ColorAt>
QImage paint(std::span<const float> patches, int width, int height, const std::vector<bool>& kept,
             QImage::Format format, ColorAt colorAt)
{
    if (width < 1 || height < 1 || patches.size() < std::size_t(width) * std::size_t(height)) return {};
    QImage image(width, height, format);
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const auto index = std::size_t(y) * std::size_t(width) + std::size_t(x);
            line[x] = kept.empty() || kept[index] ? colorAt(patches[index]) : qRgba(0, 0, 0, 0);
        }
    }
    return image;
}

} // namespace

Display displayFor(const InspectionModel& model, const DisplaySettings& settings)
{
    Display display = settings.get();
    display.difference = model.rows()->of().difference;
    display.maskByMass = display.maskByMass && !display.difference; // a difference has no mass
    return display;
}

std::vector<bool> bothOf(const std::vector<bool>& one, const std::vector<bool>& other)
{
    if (one.empty()) return other;
    std::vector<bool> both = one;
    for (std::size_t i = 0; i < std::min(both.size(), other.size()); ++i) both[i] = both[i] && other[i];
    return both;
}

QImage heatImage(std::span<const float> patches, int width, int height, const ValueScale& scale,
                 const QString& colormap, const std::vector<bool>& kept)
{
    const ColorTable& colors = colorTable(colormap.toStdString());
    // Hundreds of these are drawn in every frame: opaque ones need no blending.
    const QImage::Format format = kept.empty() ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied;
    return paint(patches, width, height, kept, format, [&](float value) {
        const Rgb& c = colorAt(colors, scale.unit(value));
        return qRgb(c.r, c.g, c.b);
    });
}

QImage overlayImage(std::span<const float> patches, int width, int height, const ValueScale& scale,
                    const QString& colormap, double opacity, const std::vector<bool>& kept)
{
    const ColorTable& colors = colorTable(colormap.toStdString());
    return paint(patches, width, height, kept, QImage::Format_ARGB32_Premultiplied, [&](float value) {
        const float unit = scale.unit(value);
        const bool isDifference = scale.isDifference(); // its middle is nothing, both its ends are colours
        const float strength = isDifference ? std::abs(2 * unit - 1) : unit;
        const Rgb& c = isDifference ? colorAt(colors, unit) : overlayColor(colors, unit);
        return qPremultiply(qRgba(c.r, c.g, c.b, int(overlayOpacity(opacity, strength) * 255 + 0.5)));
    });
}

QImage tintImage(std::span<const float> patches, int width, int height, const ValueScale& scale, const QColor& color,
                 double opacity, const std::vector<bool>& kept)
{
    return paint(patches, width, height, kept, QImage::Format_ARGB32_Premultiplied, [&](float value) {
        return qPremultiply(
            qRgba(color.red(), color.green(), color.blue(), int(opacity * scale.unit(value) * 255 + 0.5F)));
    });
}

QImage dimmingImage(std::span<const float> patches, int width, int height, const ValueScale& scale, double opacity,
                    const std::vector<bool>& kept)
{
    QImage image = paint(patches, width, height, {}, QImage::Format_ARGB32_Premultiplied, [&](float value) {
        return qRgba(0, 0, 0, int(opacity * double(1 - scale.unit(value)) * 255 + 0.5));
    });
    for (std::size_t i = 0; i < kept.size() && !image.isNull(); ++i)
        if (!kept[i]) image.setPixel(int(i) % width, int(i) / width, qRgba(0, 0, 0, int(opacity * 255 + 0.5)));
    return image;
}

SmoothMap smoothMap(std::span<const float> patches, int width, int height, const std::vector<bool>& kept)
{
    constexpr int kLongestSide = 160, kFinest = 12;
    if (width < 1 || height < 1 || patches.size() < std::size_t(width) * std::size_t(height)) return {};
    const int factor = std::clamp(kLongestSide / std::max(width, height), 1, kFinest);
    SmoothMap map{width * factor, height * factor, {}, {}};
    map.values.reserve(std::size_t(map.width) * std::size_t(map.height));
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x) {
            map.values.push_back(bicubicAt(patches, width, height, (x + 0.5) / factor, (y + 0.5) / factor));
            if (!kept.empty())
                map.kept.push_back(kept[std::size_t(y / factor) * std::size_t(width) + std::size_t(x / factor)]);
        }
    return map;
}

float highestOf(const FloatArray& layer, int prefix)
{
    float high = 0;
    for (int h = 0; h < layer.rows(); ++h)
        high = std::max(high, robustHigh(layer.part(h).subspan(std::size_t(prefix))));
    return high;
}

ValueScale scaleFor(const Display& display, const AllRows& rows, int layer, std::span<const float> currentRow,
                    int prefix, const std::vector<Sinks>& sinks)
{
    if (std::size_t(layer) < sinks.size() && !sinks[std::size_t(layer)].empty())
        return display.scaleTo(highestBeside(display, rows, layer, currentRow, sinks));
    float high = 0;
    if (display.scope == ScaleScope::Map) {
        high = robustHigh(currentRow.subspan(std::min(currentRow.size(), std::size_t(prefix))));
    } else if (display.scope == ScaleScope::Layer) {
        if (std::size_t(layer) < rows.size()) high = highestOf(rows[std::size_t(layer)], prefix);
    } else {
        for (const FloatArray& any : rows) high = std::max(high, highestOf(any, prefix));
    }
    return display.scaleTo(high);
}

QColor readableOn(const QColor& ground)
{
    return contrastOf(ground, Qt::black) >= contrastOf(ground, Qt::white) ? Qt::black : Qt::white;
}

QColor headQColor(int index)
{
    const Rgb c = headColor(index);
    return {c.r, c.g, c.b};
}

} // namespace headlens
