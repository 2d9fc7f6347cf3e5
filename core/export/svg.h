// SPDX-License-Identifier: GPL-3.0-or-later
// Vector figures: the heat stays data (one rectangle a patch with its value), the picture is embedded as PNG.
#pragma once

#include "core/export/heat_picture.h"

#include <string>

namespace headlens {

std::string svgMap(const Image8& base, const HeatMap& map, const HeatStyle& style, int patch,
                   const std::string& caption);
// As paintSheet(); the picture is embedded once.
std::string svgSheet(const Image8& base, const std::vector<SheetCell>& cells, const HeatStyle& style, int patch,
                     const std::string& caption);
std::string svgGrid(const std::vector<std::vector<GridCell>>& layers, const std::string& caption);

} // namespace headlens
