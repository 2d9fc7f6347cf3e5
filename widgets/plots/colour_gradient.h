// SPDX-License-Identifier: GPL-3.0-or-later
// Our colour maps as QCustomPlot takes them.
#pragma once

#include <QString>
#include <qcustomplot.h>

namespace headlens {

// `colours` as of colorTable(); `reversed`: the low end is the strong one. What is no number is not painted.
QCPColorGradient colourGradient(const QString& colours, bool reversed = false);

} // namespace headlens
