// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/svg.h"

#include "core/imaging/codec.h"
#include "core/text/base64.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <sstream>

namespace headlens {
namespace {

std::span<const std::uint8_t> bytesOf(const std::string& text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string hex(const Rgb& c)
{
    return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

std::string escaped(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

// `over` a picture weak patches are more transparent, as on the canvas; alone they are opaque.
void cells(std::ostream& svg, const HeatMap& map, const HeatStyle& style, double left, double top, double cell,
           bool over)
{
    const ColorTable& colors = colorTable(style.colormap);
    for (int y = 0; y < map.gridHeight; ++y)
        for (int x = 0; x < map.gridWidth; ++x) {
            const auto index = std::size_t(y * map.gridWidth + x);
            if (!map.kept.empty() && !map.kept[index]) continue;
            const float unit = style.scale.unit(map.values[index]);
            svg << "<rect x=\"" << left + x * cell << "\" y=\"" << top + y * cell << "\" width=\"" << cell
                << "\" height=\"" << cell << "\" fill=\""
                << hex(over ? overlayColor(colors, unit) : colorAt(colors, unit)) << '"';
            if (over) svg << " fill-opacity=\"" << overlayOpacity(style.opacity, unit) << '"';
            svg << "><title>" << map.values[index] << "</title></rect>\n";
        }
}

void colorBar(std::ostream& svg, const HeatStyle& style, double left, double top, double width)
{
    constexpr int kSteps = 64;
    const ColorTable& colors = colorTable(style.colormap);
    for (int i = 0; i < kSteps; ++i)
        svg << "<rect x=\"" << left + width * i / kSteps << "\" y=\"" << top << "\" width=\"" << width / kSteps + 0.5
            << "\" height=\"12\" fill=\"" << hex(overlayColor(colors, (float(i) + 0.5F) / kSteps)) << "\"/>\n";
    for (const auto& [share, anchor] : {std::pair(0.0F, "start"), std::pair(0.5F, "middle"), std::pair(1.0F, "end")})
        svg << "<text x=\"" << left + width * double(share) << "\" y=\"" << top + 26 << "\" text-anchor=\"" << anchor
            << "\">" << style.scale.valueAt(share) << "</text>\n";
}

void open(std::ostream& svg, double width, double height)
{
    svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" << width
        << "\" height=\"" << height << "\" viewBox=\"0 0 " << width << ' ' << height
        << "\" font-family=\"sans-serif\" font-size=\"11\" shape-rendering=\"crispEdges\">\n<rect width=\"100%\" "
           "height=\"100%\" fill=\"white\"/>\n";
}

} // namespace

std::string svgMap(const Image8& base, const HeatMap& map, const HeatStyle& style, int patch,
                   const std::string& caption)
{
    const double scale = 448.0 / std::min(base.width, base.height);
    const double width = base.width * scale, height = base.height * scale;
    std::ostringstream svg;
    open(svg, width, height + 64);
    svg << "<image width=\"" << width << "\" height=\"" << height
        << "\" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,"
        << text::encodeBase64(bytesOf(encodePng(base))) << "\"/>\n";
    cells(svg, map, style, 0, 0, patch * scale, true);
    colorBar(svg, style, 10, height + 8, width - 20);
    svg << "<text x=\"10\" y=\"" << height + 54 << "\">" << escaped(caption) << "</text>\n</svg>\n";
    return svg.str();
}

std::string svgSheet(const Image8& base, const std::vector<SheetCell>& sheet, const HeatStyle& style, int patch,
                     const std::string& caption)
{
    constexpr double kSide = 220, kSpace = 12, kTitle = 20;
    const double scale = kSide / std::max(base.width, base.height), width = base.width * scale,
                 height = base.height * scale;
    const auto rows = double((sheet.size() + kSheetColumns - 1) / kSheetColumns);
    std::ostringstream svg;
    open(svg, kSpace + kSheetColumns * (width + kSpace), kSpace + rows * (height + kTitle + kSpace) + kTitle);
    svg << "<defs><image id=\"picture\" width=\"" << width << "\" height=\"" << height
        << "\" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,"
        << text::encodeBase64(bytesOf(encodePng(base))) << "\"/></defs>\n";
    for (std::size_t i = 0; i < sheet.size(); ++i) {
        const double left = kSpace + double(i % kSheetColumns) * (width + kSpace),
                     top = kSpace + double(i / kSheetColumns) * (height + kTitle + kSpace) + kTitle;
        svg << "<text x=\"" << left << "\" y=\"" << top - 5 << "\">" << escaped(sheet[i].title)
            << "</text>\n<text text-anchor=\"end\" x=\"" << left + width << "\" y=\"" << top - 5 << "\">"
            << escaped(sheet[i].note) << "</text>\n<use xlink:href=\"#picture\" x=\"" << left << "\" y=\"" << top
            << "\"/>\n";
        cells(svg, sheet[i].map, style, left, top, patch * scale, true);
    }
    svg << "<text x=\"" << kSpace << "\" y=\"" << kSpace + rows * (height + kTitle + kSpace) + 12 << "\">"
        << escaped(caption) << "</text>\n</svg>\n";
    return svg.str();
}

std::string svgGrid(const std::vector<std::vector<GridCell>>& layers, const std::string& caption)
{
    constexpr double kCell = 84, kGap = 6, kLabel = 34;
    std::size_t heads = 0;
    for (const auto& layer : layers) heads = std::max(heads, layer.size());
    std::ostringstream svg;
    const double width = kLabel + double(heads) * (kCell + kGap),
                 height = kLabel + double(layers.size()) * (kCell + kGap);
    open(svg, width, height + 20);
    for (std::size_t h = 0; h < heads; ++h)
        svg << "<text x=\"" << kLabel + double(h) * (kCell + kGap) << "\" y=\"" << kLabel - 8 << "\">H" << h
            << "</text>\n";
    for (std::size_t l = 0; l < layers.size(); ++l) {
        const double top = kLabel + double(l) * (kCell + kGap);
        svg << "<text x=\"4\" y=\"" << top + kCell / 2 << "\">L" << l << "</text>\n";
        for (std::size_t h = 0; h < layers[l].size(); ++h) {
            const HeatMap& map = layers[l][h].map;
            cells(svg, map, layers[l][h].style, kLabel + double(h) * (kCell + kGap), top,
                  kCell / std::max(map.gridHeight, map.gridWidth), false);
        }
    }
    svg << "<text x=\"4\" y=\"" << height + 12 << "\">" << escaped(caption) << "</text>\n</svg>\n";
    return svg.str();
}

} // namespace headlens
