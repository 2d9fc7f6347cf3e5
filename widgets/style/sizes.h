// SPDX-License-Identifier: GPL-3.0-or-later
// How large things are and where their parts lie; all of it follows the font.
#pragma once

#include <QStyle>

#include <optional>

class QFontMetrics;
class QStyleOptionComplex;

namespace headlens {

// Nothing: as Fusion has it. `content` as sizeFromContents() gets it.
std::optional<QSize> sizeOf(QStyle::ContentsType type, const QStyleOption& option, const QSize& content,
                            const QWidget* widget);
std::optional<int> metricOf(QStyle::PixelMetric metric, const QFontMetrics& font);
// In left-to-right coordinates.
std::optional<QRect> partOf(QStyle::ComplexControl control, const QStyleOptionComplex& option, QStyle::SubControl part);

} // namespace headlens
