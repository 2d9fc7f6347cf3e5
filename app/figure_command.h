// SPDX-License-Identifier: GPL-3.0-or-later
// headlens --figure SPEC --out FILE: makes a figure without a window.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace headlens {

struct FigureWish {
    QString spec;           // a description, a session, or a figure that HeadLens wrote
    QString out;            // .pdf, .svg or .png
    std::optional<int> dpi; // of PNG; else as described
};

// The exit status: 0 it is written, 1 the input is at fault, 2 the command line. What is wrong is one sentence on
// stderr.
int makeFigure(const FigureWish& wish, const QStringList& engine);

} // namespace headlens
