// SPDX-License-Identifier: GPL-3.0-or-later
// One painter for everything a figure is shown on or written to: preview, clipboard, PNG, SVG, PDF.
#pragma once

#include "widgets/figure/figure_layout.h"

namespace headlens {

// In points: the painter is scaled so that one unit is one point.
void paintFigure(QPainter& painter, const FigureLayout& layout, const FigureSpec& spec, const FigureData& data);

// As pixels, with its resolution in it.
QImage figureImage(const FigureSpec& spec, const FigureData& data, double dpi);

} // namespace headlens
