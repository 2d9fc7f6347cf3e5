// SPDX-License-Identifier: GPL-3.0-or-later
// How lines from queries to keys are painted.
#pragma once

#include "widgets/text/lines_scene.h"

#include <QStringList>

class QPainter;
class QPalette;

namespace headlens {

struct LinesPicture {
    const std::vector<Line>& lines; // weak to strong
    bool logarithmic = false;
    float high = 1;   // the weight of a line that is opaque
    LinesPlace focus; // the lines of this token stand out
};

// All lines of which an end is in `seen`.
void paintAllLines(QPainter& painter, const LinesScene& scene, const LinesPicture& picture, const QRect& seen);
void paintFocusedLines(QPainter& painter, const LinesScene& scene, const LinesPicture& picture);
void paintTokens(QPainter& painter, const LinesScene& scene, const LinesPlace& focus, const QRect& seen,
                 const QPalette& palette);
// The names of the columns, and which colour is which head.
void paintHeader(QPainter& painter, const LinesScene& scene, const QStringList& heads, const QPalette& palette);

} // namespace headlens
