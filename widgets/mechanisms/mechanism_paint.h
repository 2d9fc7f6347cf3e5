// SPDX-License-Identifier: GPL-3.0-or-later
// What the painted views of mechanisms share: colours that differ in lightness as well, bars, numbers, the place of a
// block among its like. Window's thread.
#pragma once

#include "core/wire/verbs.h"

#include <QBrush>
#include <QPainter>
#include <QPalette>
#include <QString>

#include <span>

class QWidget;

namespace headlens {

inline constexpr QRgb kPositive = qRgb(0, 114, 178), kNegative = qRgb(213, 94, 0); // as everywhere: blue more, red less

QString shortNumber(double value);             // four digits that count
QString fixedNumber(double value, int digits); // "-0.00" is "0.00"
QString bytesText(double bytes);               // "4.3 KB", powers of 1024

// What takes no part, is not read or not there: hatched, so that it is told apart without colours.
QBrush hatch(const QPalette& palette);

// Signed bars around a middle line, `highest` as high as half of `area`; nothing where that is 0.
void paintBars(QPainter& painter, const QRectF& area, std::span<const float> values, float highest,
               const QPalette& palette);
// Largest magnitude; numbers that are none do not count.
float highestOf(std::span<const float> values);

void paintFocus(QPainter& painter, const QWidget& widget);

// How deep a block lies among those of its tower and kind: the layer it belongs to.
int depthOf(const verbs::InputInfo& input, int block);

} // namespace headlens
