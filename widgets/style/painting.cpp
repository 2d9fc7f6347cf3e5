// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/painting.h"

#include <algorithm>

namespace headlens {

void draw(QPainter* painter, const QRectF& rect, const Shape& shape)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(shape.fill.isValid() ? QBrush(shape.fill) : QBrush(Qt::NoBrush));
    painter->setPen(shape.line.isValid() ? QPen(shape.line, shape.width) : QPen(Qt::NoPen));
    const double inset = shape.line.isValid() ? shape.width / 2 : 0;
    const double radius = std::max(0.0, shape.radius - inset);
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void drawFocus(const Paint& paint, const QRectF& rect, double radius)
{
    if (paint.isReachedByKeyboard()) draw(paint.painter, rect, {{}, paint.tones.accent, kFocusWidth, radius});
}

void drawChevron(QPainter* painter, const QRectF& rect, Qt::ArrowType direction, const QColor& colour)
{
    constexpr double kTurn[] = {0, 180, 0, 90, -90}; // of NoArrow, UpArrow, DownArrow, LeftArrow, RightArrow
    const double half = std::clamp(std::min(rect.width(), rect.height()) / 4, 2.5, 6.0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center());
    painter->rotate(kTurn[direction]);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {{-half, -half / 2}, {0, half / 2}, {half, -half / 2}};
    painter->drawPolyline(points, 3);
    painter->restore();
}

void drawHairline(QPainter* painter, const QPointF& from, const QPointF& to, const QColor& colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(QPen(colour, kHairline));
    painter->drawLine(from, to);
    painter->restore();
}

QColor groundOf(const Paint& paint)
{
    if (paint.isPressed()) return paint.tones.pressed;
    return paint.isHovered() ? paint.tones.hover : paint.tones.raised;
}

int chevronRoom(const QFontMetrics& metrics)
{
    return std::max(14, metrics.height() * 7 / 8);
}

int controlHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 10;
}

} // namespace headlens
