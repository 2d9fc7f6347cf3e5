// SPDX-License-Identifier: GPL-3.0-or-later
// The measured numbers of a model as bars: as trained (filled), with its mechanism switched off (hatched), by chance
// (outlined). Every bar stands below its words and its number, so that none is told by colour.
#pragma once

#include "widgets/start/gallery.h"

#include <QFont>
#include <QPalette>
#include <QRect>

class QPainter;

namespace headlens {

struct ScoreLine {
    enum class Kind : int { With, Without, Chance };
    Kind kind = Kind::With;
    QString words, share; // share: "93 %"
    double value = 0;     // 0 to 1
};
// Two or three lines: what does not apply is left out.
QList<ScoreLine> linesOf(const GalleryScore& score);

// For screen readers and tooltips.
QString wordsOf(const GalleryScore& score);

// Pixels that paintScores() needs for this width.
int heightOfScores(const QList<GalleryScore>& scores, const QFont& font, int width);
void paintScores(QPainter& painter, const QRect& place, const QList<GalleryScore>& scores, const QFont& font,
                 const QPalette& colors);

} // namespace headlens
