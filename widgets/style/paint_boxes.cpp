// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes: what is ticked, frames, lines to type in, the frame of the keyboard.
#include "widgets/style/painting.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFrame>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <array>

namespace headlens {
namespace {

bool nothing(const Paint&)
{
    return true;
}

struct Indicator {
    QRectF rect;
    QColor ground, line, mark;
};

Indicator indicatorOf(const Paint& paint, bool chosen)
{
    const double side = std::min(paint.rect().width(), paint.rect().height());
    QRectF rect(0, 0, side, side);
    rect.moveCenter(paint.rect().center());
    const bool enabled = paint.is(QStyle::State_Enabled);
    const Tones& tones = paint.tones;
    const QColor quiet = paint.isHovered() ? tones.hover : tones.canvas;
    return {rect, chosen ? tones.accent : quiet,
            chosen    ? tones.accent
            : enabled ? tones.outline
                      : tones.disabled,
            tones.onAccent};
}

bool checkBox(const Paint& paint)
{
    const bool some = paint.is(QStyle::State_NoChange), ticked = paint.is(QStyle::State_On);
    const Indicator box = indicatorOf(paint, some || ticked);
    draw(paint.painter, box.rect, {box.ground, box.line, 1.5, 4});
    paint.painter->save();
    paint.painter->setRenderHint(QPainter::Antialiasing);
    paint.painter->setPen(QPen(box.mark, box.rect.width() / 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) {
        return box.rect.topLeft() + QPointF(x * box.rect.width(), y * box.rect.height());
    };
    if (some)
        paint.painter->drawLine(at(0.27, 0.5), at(0.73, 0.5));
    else if (ticked)
        paint.painter->drawPolyline(std::array{at(0.25, 0.52), at(0.43, 0.7), at(0.76, 0.32)}.data(), 3);
    paint.painter->restore();
    return true;
}

bool radio(const Paint& paint)
{
    const bool chosen = paint.is(QStyle::State_On);
    const Indicator box = indicatorOf(paint, chosen);
    const double half = box.rect.width() / 2, dot = half * 0.55;
    draw(paint.painter, box.rect, {box.ground, box.line, 1.5, half});
    if (chosen) draw(paint.painter, box.rect.adjusted(dot, dot, -dot, -dot), {box.mark, {}, 0, half});
    return true;
}

bool takesText(const QWidget* widget)
{
    const auto* rich = qobject_cast<const QTextEdit*>(widget);
    const auto* plain = qobject_cast<const QPlainTextEdit*>(widget);
    return (rich != nullptr && !rich->isReadOnly()) || (plain != nullptr && !plain->isReadOnly());
}

// Around lists and texts; what is typed into is only seen by it.
bool frame(const Paint& paint)
{
    const Tones& tones = paint.tones;
    const bool active = takesText(paint.widget) && paint.is(QStyle::State_HasFocus);
    const QColor line = takesText(paint.widget) ? tones.outline : tones.hairline;
    draw(paint.painter, paint.rect(), {{}, active ? tones.accent : line, 1, 3});
    return true;
}

bool shapedFrame(const Paint& paint)
{
    const auto* shape = paint.as<QStyleOptionFrame>();
    if (shape == nullptr) return false;
    const QRectF rect = paint.rect();
    if (shape->frameShape == QFrame::HLine)
        drawHairline(paint.painter, {rect.left(), rect.center().y()}, {rect.right(), rect.center().y()},
                     paint.tones.hairline);
    else if (shape->frameShape == QFrame::VLine)
        drawHairline(paint.painter, {rect.center().x(), rect.top()}, {rect.center().x(), rect.bottom()},
                     paint.tones.hairline);
    else
        return false;
    return true;
}

// A line inside a spin box or a combo box has theirs.
bool lineEdit(const Paint& paint)
{
    const QWidget* around = paint.widget == nullptr ? nullptr : paint.widget->parentWidget();
    if (qobject_cast<const QAbstractSpinBox*>(around) != nullptr || qobject_cast<const QComboBox*>(around) != nullptr)
        return true;
    const auto* line = paint.as<QStyleOptionFrame>();
    if (line != nullptr && line->lineWidth <= 0) {
        paint.painter->fillRect(paint.rect(), paint.tones.canvas);
        return true;
    }
    const bool active = paint.is(QStyle::State_HasFocus);
    draw(paint.painter, paint.rect(),
         {paint.tones.canvas, active ? paint.tones.accent : paint.tones.outline, active ? double(kFocusWidth) : 1.0});
    return true;
}

bool focus(const Paint& paint)
{
    drawFocus(paint, paint.rect(), 4);
    return true;
}

bool arrow(const Paint& paint, Qt::ArrowType direction)
{
    drawChevron(paint.painter, paint.rect(), direction,
                paint.is(QStyle::State_Enabled) ? paint.tones.text : paint.tones.disabled);
    return true;
}

bool toolTip(const Paint& paint)
{
    paint.painter->fillRect(paint.rect(), paint.tones.tip); // a tip is a window of its own: its corners are square
    draw(paint.painter, paint.rect(), {{}, paint.tones.outline, 1, 0});
    return true;
}

} // namespace

Primitives boxPrimitives()
{
    static constexpr PainterRow<QStyle::PrimitiveElement> kRows[] = {
        {QStyle::PE_IndicatorCheckBox, checkBox},
        {QStyle::PE_IndicatorItemViewItemCheck, checkBox},
        {QStyle::PE_IndicatorRadioButton, radio},
        {QStyle::PE_Frame, frame},
        {QStyle::PE_FrameGroupBox, nothing},
        {QStyle::PE_FrameDockWidget, nothing},
        {QStyle::PE_FrameStatusBarItem, nothing},
        {QStyle::PE_FrameLineEdit, lineEdit},
        {QStyle::PE_PanelLineEdit, lineEdit},
        {QStyle::PE_FrameFocusRect, focus},
        {QStyle::PE_PanelTipLabel, toolTip},
        {QStyle::PE_IndicatorArrowUp, [](const Paint& paint) { return arrow(paint, Qt::UpArrow); }},
        {QStyle::PE_IndicatorArrowDown, [](const Paint& paint) { return arrow(paint, Qt::DownArrow); }},
        {QStyle::PE_IndicatorArrowLeft, [](const Paint& paint) { return arrow(paint, Qt::LeftArrow); }},
        {QStyle::PE_IndicatorArrowRight, [](const Paint& paint) { return arrow(paint, Qt::RightArrow); }},
    };
    return kRows;
}

Controls boxControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {{QStyle::CE_ShapedFrame, shapedFrame}};
    return kRows;
}

} // namespace headlens
