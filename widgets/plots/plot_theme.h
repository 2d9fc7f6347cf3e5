// SPDX-License-Identifier: GPL-3.0-or-later
// QCustomPlot in the colours of the window.
#pragma once

class QCustomPlot;

namespace headlens {

// Axes, labels, grid and background from the program's palette; draws nothing.
void takeColours(QCustomPlot& plot);
// The same, and draws it; call again on PaletteChange.
void applyTheme(QCustomPlot& plot);
// From now on axes have as many tick labels as there is room for, at most `most`; call once for a plot.
void fitTicks(QCustomPlot& plot, int most);

} // namespace headlens
