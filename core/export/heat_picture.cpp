// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/heat_picture.h"

#include "core/base/map_values.h"
#include "core/imaging/codec.h"
#include "core/imaging/pil_resize.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::uint8_t kBlack[3] = {20, 20, 20};

void blend(std::uint8_t* pixel, const Rgb& color, double opacity)
{
    const std::array<std::uint8_t, 3> target{color.r, color.g, color.b};
    for (std::size_t c = 0; c < 3; ++c) pixel[c] = std::uint8_t(pixel[c] * (1 - opacity) + target[c] * opacity + 0.5);
}

} // namespace

Image8 paintHeat(const Image8& base, const HeatMap& map, const HeatStyle& style, int patch)
{
    constexpr int kShorterSide = 448;
    const int factor =
        std::max(1, (kShorterSide + std::min(base.width, base.height) - 1) / std::min(base.width, base.height));
    Image8 picture = pilResize(base, base.width * factor, base.height * factor, Filter::Nearest);
    const ColorTable& colors = colorTable(style.colormap);
    const int cell = patch * factor;
    for (int y = 0; y < std::min(picture.height, map.gridHeight * cell); ++y)
        for (int x = 0; x < std::min(picture.width, map.gridWidth * cell); ++x) {
            const auto index = std::size_t(y / cell * map.gridWidth + x / cell);
            if (!map.kept.empty() && !map.kept[index]) continue;
            const float value =
                style.smooth ? bicubicAt(map.values, map.gridWidth, map.gridHeight, (x + 0.5) / cell, (y + 0.5) / cell)
                             : map.values[index];
            const float unit = style.scale.unit(value);
            blend(picture.at(x, y), overlayColor(colors, unit), overlayOpacity(style.opacity, unit));
        }
    return picture;
}

Image8 withColorBar(const Image8& picture, const HeatStyle& style, const std::string& caption)
{
    constexpr int kMargin = 10, kBar = 16, kText = 11;
    const int extra = kMargin + kBar + kText + 2 * kMargin + (caption.empty() ? 0 : kText + kMargin);
    Image8 out(picture.width, picture.height + extra);
    std::ranges::fill(out.pixels, std::uint8_t(255));
    std::ranges::copy(picture.pixels, out.pixels.begin());
    const ColorTable& colors = colorTable(style.colormap);
    const int top = picture.height + kMargin, left = kMargin, right = out.width - kMargin;
    for (int y = top; y < top + kBar; ++y)
        for (int x = left; x < right; ++x) {
            const Rgb& c = overlayColor(colors, float(x - left) / float(std::max(1, right - left - 1)));
            const std::array<std::uint8_t, 3> rgb{c.r, c.g, c.b};
            std::ranges::copy(rgb, out.at(x, y));
        }
    const int baseline = top + kBar + kText + 4;
    drawText(out, fmt::format("{:.3g}", style.scale.valueAt(0)), left, baseline, kText, kBlack);
    drawText(out, fmt::format("{:.3g}", style.scale.valueAt(0.5F)), out.width / 2 - 20, baseline, kText, kBlack);
    drawText(out, fmt::format("{:.3g}", style.scale.valueAt(1)), right - 50, baseline, kText, kBlack);
    drawText(out, caption, left, baseline + kText + kMargin, kText, kBlack);
    return out;
}

namespace {

constexpr int kCell = 84, kGap = 6, kLabel = 34;

void paintCell(Image8& out, const GridCell& cell, int left, int top)
{
    const HeatMap& map = cell.map;
    const ColorTable& colors = colorTable(cell.style.colormap);
    const double scale = double(kCell) / std::max(map.gridHeight, map.gridWidth);
    for (int y = 0; y < int(map.gridHeight * scale); ++y)
        for (int x = 0; x < int(map.gridWidth * scale); ++x) {
            const int row = std::min(int(y / scale), map.gridHeight - 1),
                      column = std::min(int(x / scale), map.gridWidth - 1);
            const float value = map.values[std::size_t(row * map.gridWidth + column)];
            const Rgb& c = colorAt(colors, cell.style.scale.unit(value));
            const std::array<std::uint8_t, 3> rgb{c.r, c.g, c.b};
            std::ranges::copy(rgb, out.at(left + x, top + y));
        }
}

} // namespace

Image8 paintGrid(const std::vector<std::vector<GridCell>>& layers)
{
    std::size_t heads = 0;
    for (const auto& layer : layers) heads = std::max(heads, layer.size());
    Image8 out(kLabel + int(heads) * (kCell + kGap), kLabel + int(layers.size()) * (kCell + kGap));
    std::ranges::fill(out.pixels, std::uint8_t(255));
    for (std::size_t h = 0; h < heads; ++h)
        drawText(out, "H" + std::to_string(h), kLabel + int(h) * (kCell + kGap) + 2, kLabel - 10, 10, kBlack);
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const int top = kLabel + int(l) * (kCell + kGap);
        drawText(out, "L" + std::to_string(l), 4, top + kCell / 2, 10, kBlack);
        for (std::size_t h = 0; h < layers[l].size(); ++h)
            paintCell(out, layers[l][h], kLabel + int(h) * (kCell + kGap), top);
    }
    return out;
}

Image8 paintSheet(const Image8& base, const std::vector<SheetCell>& cells, const HeatStyle& style, int patch,
                  const std::string& caption)
{
    constexpr int kSpace = 12, kTitle = 20, kText = 11;
    const int rows = (int(cells.size()) + kSheetColumns - 1) / kSheetColumns;
    const Image8 first = paintHeat(base, cells.empty() ? HeatMap() : cells.front().map, style, patch);
    const int width = first.width + kSpace, height = first.height + kTitle + kSpace;
    Image8 out(kSpace + kSheetColumns * width, kSpace + rows * height + kTitle);
    std::ranges::fill(out.pixels, std::uint8_t(255));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int left = kSpace + int(i) % kSheetColumns * width,
                  top = kSpace + int(i) / kSheetColumns * height + kTitle;
        const Image8 heat = paintHeat(base, cells[i].map, style, patch);
        for (int y = 0; y < heat.height; ++y)
            std::copy_n(heat.at(0, y), std::size_t(heat.width) * 3, out.at(left, top + y));
        drawText(out, cells[i].title + "   " + cells[i].note, left, top - 5, kText, kBlack);
    }
    drawText(out, caption, kSpace, out.height - 6, kText, kBlack);
    return out;
}

} // namespace headlens
