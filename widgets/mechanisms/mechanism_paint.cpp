// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/mechanism_paint.h"

#include <QStyleOptionFocusRect>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {

QString shortNumber(double value)
{
    return QString::number(value, 'g', 4);
}

QString fixedNumber(double value, int digits)
{
    const double unit = std::pow(10.0, digits);
    return QString::number(std::round(value * unit) / unit + 0.0, 'f', digits);
}

QString bytesText(double bytes)
{
    static constexpr std::array<const char*, 5> kUnits{"B", "KB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= 1024 && unit + 1 < kUnits.size(); ++unit) bytes /= 1024;
    return QString::number(bytes, 'f', unit == 0 ? 0 : 1) + QLatin1Char(' ') + QLatin1String(kUnits[unit]);
}

QBrush hatch(const QPalette& palette)
{
    return {palette.color(QPalette::PlaceholderText), Qt::BDiagPattern};
}

void paintBars(QPainter& painter, const QRectF& area, std::span<const float> values, float highest,
               const QPalette& palette)
{
    painter.fillRect(area, palette.color(QPalette::Base));
    const double middle = area.center().y(), wide = area.width() / double(std::max<std::size_t>(1, values.size()));
    for (std::size_t i = 0; i < values.size() && highest > 0; ++i) {
        if (!std::isfinite(values[i])) continue;
        const double tall = double(std::min(1.0F, std::abs(values[i]) / highest)) * area.height() / 2;
        const bool up = values[i] > 0;
        painter.fillRect(
            QRectF(area.left() + double(i) * wide, up ? middle - tall : middle, std::max(wide * 0.85, 0.5), tall),
            QColor(up ? kPositive : kNegative));
    }
    painter.setPen(palette.color(QPalette::Mid));
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle));
}

float highestOf(std::span<const float> values)
{
    float highest = 0;
    for (const float value : values)
        if (std::isfinite(value)) highest = std::max(highest, std::abs(value));
    return highest;
}

void paintFocus(QPainter& painter, const QWidget& widget)
{
    if (!widget.hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(widget.palette().color(QPalette::Highlight), 1));
    painter.drawRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

int depthOf(const verbs::InputInfo& input, int block)
{
    int depth = 0;
    for (int i = 0; i < block && i < int(input.blocks.size()) && block < int(input.blocks.size()); ++i) {
        const auto &any = input.blocks[std::size_t(i)], &own = input.blocks[std::size_t(block)];
        depth += any.tower == own.tower && any.kind == own.kind ? 1 : 0;
    }
    return depth;
}

} // namespace headlens
