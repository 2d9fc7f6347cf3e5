// SPDX-License-Identifier: GPL-3.0-or-later
// A heatmap over the picture as a pixel picture, and a grid of them; what the canvas paints, without a window.
#pragma once

#include "core/base/attention_math.h"
#include "core/base/colormap.h"
#include "core/base/image8.h"

#include <string>
#include <vector>

namespace headlens {

// A map ready to be drawn: values of the patches only, row-major.
struct HeatMap {
    int gridHeight = 0, gridWidth = 0;
    std::vector<float> values;
    std::vector<bool> kept; // empty: all; otherwise cells outside the mass mask stay unpainted
};

struct HeatStyle {
    std::string colormap = "viridis";
    double opacity = 0.85;
    bool smooth = false; // bicubic between patch centres; off by default, because interpolated attention misleads
    ValueScale scale;
};

// `base` enlarged by the whole number that makes its shorter side at least 448 pixels, the map painted over the
// patches.
Image8 paintHeat(const Image8& base, const HeatMap& map, const HeatStyle& style, int patch);

// Appends the bar of colours that paintHeat() uses, with three numbers and a caption below the picture.
Image8 withColorBar(const Image8& picture, const HeatStyle& style, const std::string& caption);

struct GridCell {
    HeatMap map;
    HeatStyle style;
};

// One method of a sheet: its map from 0 to 1, and what stands above it.
struct SheetCell {
    std::string title, note; // "Grad-CAM", "0.214"
    HeatMap map;
};
inline constexpr int kSheetColumns = 4;

// All cells over the same picture and on the same scale, in rows of kSheetColumns, with a caption below.
Image8 paintSheet(const Image8& base, const std::vector<SheetCell>& cells, const HeatStyle& style, int patch,
                  const std::string& caption);

// Layers x heads of small maps with their numbers, black-on-white margins.
Image8 paintGrid(const std::vector<std::vector<GridCell>>& layers);

} // namespace headlens
