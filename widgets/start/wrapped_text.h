// SPDX-License-Identifier: GPL-3.0-or-later
// Text in a given width, broken between words, and within one only where it is wider than the line. Measured and
// painted by the same layout, so that nothing is cut off.
#pragma once

#include <QFont>
#include <QRect>
#include <QString>

class QPainter;

namespace headlens {

// Pixels; 0 for an empty text.
int heightOfText(const QString& text, const QFont& font, int width);
// In the pen of the painter, from the top left corner of `place`.
void paintText(QPainter& painter, const QRect& place, const QString& text, const QFont& font);

} // namespace headlens
