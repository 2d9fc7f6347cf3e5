// SPDX-License-Identifier: GPL-3.0-or-later
// QCustomPlot in the colours of the window.
#pragma once

class QCustomPlot;

namespace headlens {

// Axes, labels, grid and background from the program's palette; draws nothing.
void takeColours(QCustomPlot& plot);
// The same, and draws it; call again on PaletteChange.
void applyTheme(QCustomPlot& plot);

} // namespace headlens
