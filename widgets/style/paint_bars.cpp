// SPDX-License-Identifier: GPL-3.0-or-later
// Bars: what scrolls, slides, fills up or separates.
#include "widgets/style/painting.h"

#include <QSlider>

#include <algorithm>

namespace headlens {
namespace {

bool scrollBar(const Paint& paint)
{
    const auto* bar = paint.as<QStyleOptionSlider>();
    if (bar == nullptr) return false;
    if (bar->minimum >= bar->maximum) return true;
    const bool along = bar->orientation == Qt::Horizontal;
    QRectF handle = paint.style->subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, paint.widget);
    handle = along ? handle.adjusted(1, 2, -1, -2) : handle.adjusted(2, 1, -2, -1);
    const bool held = bar->activeSubControls.testFlag(QStyle::SC_ScrollBarSlider) && paint.isPressed();
    const QColor colour = held || paint.isHovered() ? paint.tones.quiet : paint.tones.outline;
    draw(paint.painter, handle, {colour, {}, 0, std::min(handle.width(), handle.height()) / 2});
    return true;
}

void ticks(const Paint& paint, const QStyleOptionSlider& slider, const QRectF& groove, int handle)
{
    const int step = slider.tickInterval > 0 ? slider.tickInterval : std::max(1, slider.pageStep);
    for (int value = slider.minimum; value <= slider.maximum; value += step) {
        const int at = QStyle::sliderPositionFromValue(slider.minimum, slider.maximum, value,
                                                       int(groove.width()) - handle, slider.upsideDown);
        const double x = groove.left() + handle / 2.0 + at;
        drawHairline(paint.painter, {x, groove.bottom() + 4}, {x, groove.bottom() + 7}, paint.tones.outline);
    }
}

// Only what lies is filled up to the handle; a standing one is rare and gets a plain groove.
bool slider(const Paint& paint)
{
    const auto* option = paint.as<QStyleOptionSlider>();
    if (option == nullptr) return false;
    const QRectF handle = paint.style->subControlRect(QStyle::CC_Slider, option, QStyle::SC_SliderHandle, paint.widget);
    const bool along = option->orientation == Qt::Horizontal;
    QRectF groove = paint.rect();
    constexpr double kThick = 4;
    if (along)
        groove = {groove.left(), handle.center().y() - kThick / 2, groove.width(), kThick};
    else
        groove = {handle.center().x() - kThick / 2, groove.top(), kThick, groove.height()};
    const bool enabled = paint.is(QStyle::State_Enabled);
    draw(paint.painter, groove, {paint.tones.pressed, {}, 0, kThick / 2});
    if (along) {
        QRectF filled = groove;
        option->upsideDown ? filled.setLeft(handle.center().x()) : filled.setRight(handle.center().x());
        draw(paint.painter, filled, {enabled ? paint.tones.accent : paint.tones.disabled, {}, 0, kThick / 2});
        if (option->tickPosition != QSlider::NoTicks) ticks(paint, *option, groove, int(handle.width()));
    }
    const double side = std::min(handle.width(), handle.height()) - 2;
    QRectF knob(0, 0, side, side);
    knob.moveCenter(handle.center());
    draw(paint.painter, knob, {enabled ? paint.tones.accent : paint.tones.disabled, paint.tones.pane, 2, side / 2});
    if (paint.isReachedByKeyboard()) draw(paint.painter, knob, {{}, paint.tones.text, kFocusWidth, side / 2});
    return true;
}

bool progressGroove(const Paint& paint)
{
    draw(paint.painter, paint.rect(), {paint.tones.raised, paint.tones.hairline, 1, kRadius});
    return true;
}

bool progressContents(const Paint& paint)
{
    const auto* bar = paint.as<QStyleOptionProgressBar>();
    if (bar == nullptr || bar->maximum <= bar->minimum) return false; // Fusion moves what has no end
    const double share = double(bar->progress - bar->minimum) / (double(bar->maximum) - bar->minimum);
    QRectF filled = paint.rect();
    filled.setWidth(filled.width() * std::clamp(share, 0.0, 1.0));
    if (bar->invertedAppearance) filled.moveRight(paint.rect().right());
    if (filled.width() < 1) return true;
    paint.painter->save();
    paint.painter->setClipRect(filled);
    draw(paint.painter, paint.rect(), {paint.tones.accent, {}, 0, kRadius});
    paint.painter->restore();
    return true;
}

// One line in the middle of what can be taken hold of; thick and accented below the mouse.
bool separator(const Paint& paint)
{
    const QRectF rect = paint.rect();
    paint.painter->fillRect(rect, paint.tones.pane);
    const bool stands = rect.height() > rect.width();
    const double thick = paint.isHovered() || paint.isPressed() ? kFocusWidth : kHairline;
    const QColor colour = paint.isHovered() || paint.isPressed() ? paint.tones.accent : paint.tones.hairline;
    QRectF line = stands ? QRectF(0, 0, thick, rect.height()) : QRectF(0, 0, rect.width(), thick);
    line.moveCenter(rect.center());
    paint.painter->fillRect(line.toAlignedRect().intersected(paint.option->rect), colour);
    return true;
}

// The corner can be pulled without dots that say so.
bool sizeGrip(const Paint&)
{
    return true;
}

bool menuBarGround(const Paint& paint)
{
    paint.painter->fillRect(paint.rect(), paint.tones.pane);
    return true;
}

bool statusBar(const Paint& paint)
{
    paint.painter->fillRect(paint.rect(), paint.tones.pane);
    drawHairline(paint.painter, paint.option->rect.topLeft(), paint.option->rect.topRight(), paint.tones.hairline);
    return true;
}

bool toolBar(const Paint& paint)
{
    paint.painter->fillRect(paint.rect(), paint.tones.pane);
    const QRect rect = paint.option->rect;
    if (paint.is(QStyle::State_Horizontal))
        drawHairline(paint.painter, rect.bottomLeft(), rect.bottomRight(), paint.tones.hairline);
    else
        drawHairline(paint.painter, rect.topRight(), rect.bottomRight(), paint.tones.hairline);
    return true;
}

} // namespace

Controls barControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {
        {QStyle::CE_ProgressBarGroove, progressGroove},
        {QStyle::CE_ProgressBarContents, progressContents},
        {QStyle::CE_Splitter, separator},
        {QStyle::CE_MenuBarEmptyArea, menuBarGround},
        {QStyle::CE_ToolBar, toolBar},
        {QStyle::CE_SizeGrip, sizeGrip},
    };
    return kRows;
}

Primitives barPrimitives()
{
    static constexpr PainterRow<QStyle::PrimitiveElement> kRows[] = {
        {QStyle::PE_IndicatorDockWidgetResizeHandle, separator},
        {QStyle::PE_PanelMenuBar, menuBarGround},
        {QStyle::PE_PanelStatusBar, statusBar},
    };
    return kRows;
}

Complexes barComplexes()
{
    static constexpr PainterRow<QStyle::ComplexControl> kRows[] = {{QStyle::CC_ScrollBar, scrollBar},
                                                                   {QStyle::CC_Slider, slider}};
    return kRows;
}

} // namespace headlens
