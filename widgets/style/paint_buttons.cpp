// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons as lookOf() says: one table from look and state to shape, for tool buttons and push buttons alike.
#include "widgets/style/painting.h"

#include "widgets/style/look.h"

#include <QAbstractButton>
#include <QPainterPath>

#include <algorithm>

namespace headlens {
namespace {

Look lookIn(const Paint& paint)
{
    const auto* push = paint.as<QStyleOptionButton>();
    const Look look = lookOf(paint.widget);
    return look == Look::Plain && push != nullptr && push->features.testFlag(QStyleOptionButton::DefaultButton)
               ? Look::Accent
               : look;
}

bool isSegment(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) != nullptr && lookOf(widget) == Look::Segment &&
           !widget->isHidden();
}

// Whether the row goes on to this side.
bool hasNeighbour(const QWidget* segment, bool right)
{
    if (segment == nullptr || segment->parentWidget() == nullptr) return false;
    const QRect own = segment->geometry();
    return std::ranges::any_of(segment->parentWidget()->children(), [&](const QObject* child) {
        const auto* other = qobject_cast<const QWidget*>(child);
        if (other == nullptr || other == segment || !isSegment(other)) return false;
        const QRect there = other->geometry();
        const int between = right ? there.left() - own.right() : own.left() - there.right();
        const bool isLevel = there.top() <= own.center().y() && there.bottom() >= own.center().y();
        return between >= 0 && between <= 2 && isLevel;
    });
}

// A rectangle with only the wanted corners rounded.
QPainterPath joined(const QRectF& rect, bool roundLeft, bool roundRight)
{
    QPainterPath path;
    path.addRoundedRect(rect, kRadius, kRadius);
    QPainterPath square;
    if (!roundLeft) square.addRect(QRectF(rect.topLeft(), QSizeF(kRadius, rect.height())));
    if (!roundRight) square.addRect(QRectF(rect.right() - kRadius, rect.top(), kRadius, rect.height()));
    return path.united(square);
}

void segment(const Paint& paint)
{
    const bool left = hasNeighbour(paint.widget, false), right = hasNeighbour(paint.widget, true);
    QRectF rect = paint.rect().adjusted(0.5, 0.5, -0.5, -0.5);
    if (right) rect.setRight(rect.right() + 1); // the next one's line is this one's as well
    const bool chosen = paint.is(QStyle::State_On);
    QPainter* painter = paint.painter;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(chosen || paint.isHovered() || paint.isPressed() ? QBrush(groundOf(paint)) : QBrush(Qt::NoBrush));
    painter->setPen(QPen(paint.tones.hairline, 1));
    painter->drawPath(joined(rect, !left, !right));
    painter->restore();
    if (!chosen) return;
    const double inset = kGap, high = kFocusWidth; // the same sign as on a tab: not by the ground alone
    painter->fillRect(QRectF(rect.left() + inset, rect.bottom() - high, rect.width() - 2 * inset, high),
                      paint.tones.accent);
}

Shape chip(const Paint& paint)
{
    if (!paint.is(QStyle::State_On)) return {groundOf(paint), paint.tones.hairline, 1, kRadius};
    return {tint(paint.tones), paint.tones.accent, 1.5, kRadius};
}

Shape accent(const Paint& paint)
{
    if (!paint.is(QStyle::State_Enabled)) return {paint.tones.raised, paint.tones.hairline, 1, kRadius};
    const bool moved = paint.isHovered() || paint.isPressed();
    return {moved ? mixed(paint.tones.accent, paint.tones.text, 0.12) : paint.tones.accent, {}, 0, kRadius};
}

Shape flat(const Paint& paint)
{
    const bool on = paint.is(QStyle::State_On);
    const bool moved = paint.isHovered() || paint.isPressed();
    return {on ? tint(paint.tones) : moved ? groundOf(paint) : QColor(), {}, 0, kRadius};
}

Shape raised(const Paint& paint)
{
    return {groundOf(paint), paint.is(QStyle::State_On) ? paint.tones.accent : paint.tones.hairline, 1, kRadius};
}

void rail(const Paint& paint)
{
    Shape shape = flat(paint);
    shape.radius = kLargeRadius;
    draw(paint.painter, paint.rect(), shape);
    if (!paint.is(QStyle::State_On)) return;
    const double high = paint.rect().height() / 3;
    draw(paint.painter, {paint.rect().left(), paint.rect().center().y() - high / 2, 3, high},
         {paint.tones.accent, {}, 0, 1.5});
}

void panel(const Paint& paint, const Shape& plain)
{
    switch (lookIn(paint)) {
    case Look::Segment: segment(paint); break;
    case Look::Rail: rail(paint); break;
    case Look::Chip: draw(paint.painter, paint.rect(), chip(paint)); break;
    case Look::Field: draw(paint.painter, paint.rect(), raised(paint)); break;
    case Look::Accent: draw(paint.painter, paint.rect(), accent(paint)); break;
    case Look::Plain: draw(paint.painter, paint.rect(), plain); break;
    }
    if (paint.isReachedByKeyboard() && lookIn(paint) == Look::Accent) // the frame has the button's own colour
        draw(paint.painter, paint.rect().adjusted(2, 2, -2, -2), {{}, paint.tones.onAccent, kFocusWidth, kRadius - 2});
    else
        drawFocus(paint, paint.rect(), lookIn(paint) == Look::Rail ? kLargeRadius : kRadius);
}

bool toolPanel(const Paint& paint)
{
    panel(paint, flat(paint));
    return true;
}

bool pushPanel(const Paint& paint)
{
    const auto* button = paint.as<QStyleOptionButton>();
    const bool isFlat = button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
    panel(paint, isFlat ? flat(paint) : raised(paint));
    return true;
}

bool defaultFrame(const Paint&)
{
    return true; // the default button has the accent instead
}

QColor textOf(const Paint& paint)
{
    const Tones& tones = paint.tones;
    if (!paint.is(QStyle::State_Enabled)) return tones.disabled;
    const bool on = paint.is(QStyle::State_On);
    switch (lookIn(paint)) {
    case Look::Accent: return tones.onAccent;
    case Look::Segment: return on || paint.isHovered() ? tones.text : tones.quiet;
    case Look::Rail: return on ? tones.accent : paint.isHovered() ? tones.text : tones.quiet;
    case Look::Chip: return on ? tones.accent : tones.text;
    case Look::Field:
    case Look::Plain: break;
    }
    return tones.text;
}

// The label of Qt in the colour of the look; an icon on the accent has the text's colour.
template <class Option>
Option labelled(const Paint& paint, const Option& option)
{
    Option label = option;
    label.palette.setColor(QPalette::ButtonText, textOf(paint));
    if (lookIn(paint) == Look::Accent && !label.icon.isNull() && paint.is(QStyle::State_Enabled))
        label.icon =
            QIcon(label.icon.pixmap(label.iconSize, paint.painter->device()->devicePixelRatioF(), QIcon::Selected));
    return label;
}

bool toolButton(const Paint& paint)
{
    const auto* button = paint.as<QStyleOptionToolButton>();
    if (button == nullptr) return false;
    toolPanel(paint);
    QStyleOptionToolButton label = labelled(paint, *button);
    if (button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->text.isEmpty()) // Qt begins at the edge
        label.rect = QStyle::visualRect(button->direction, button->rect, button->rect.adjusted(kGap, 0, 0, 0));
    const bool hasMenu = button->features.testFlag(QStyleOptionToolButton::HasMenu) || lookIn(paint) == Look::Field;
    const bool isIcon = button->toolButtonStyle == Qt::ToolButtonIconOnly && !button->icon.isNull();
    if (hasMenu && !isIcon) {
        const int room = chevronRoom(button->fontMetrics);
        QRect place = button->rect.adjusted(0, 0, -kTight, 0);
        place.setLeft(place.right() - room);
        drawChevron(paint.painter, QStyle::visualRect(button->direction, button->rect, place), Qt::DownArrow,
                    textOf(paint));
        label.rect = QStyle::visualRect(button->direction, button->rect, label.rect.adjusted(0, 0, -room, 0));
    }
    paint.style->drawControl(QStyle::CE_ToolButtonLabel, &label, paint.painter, paint.widget);
    return true;
}

bool pushButton(const Paint& paint)
{
    const auto* button = paint.as<QStyleOptionButton>();
    if (button == nullptr) return false;
    paint.style->drawPrimitive(QStyle::PE_PanelButtonCommand, button, paint.painter, paint.widget);
    QStyleOptionButton label = labelled(paint, *button);
    if (button->features.testFlag(QStyleOptionButton::HasMenu)) {
        const int room = chevronRoom(button->fontMetrics);
        QRect place = button->rect.adjusted(0, 0, -kTight, 0);
        place.setLeft(place.right() - room);
        drawChevron(paint.painter, QStyle::visualRect(button->direction, button->rect, place), Qt::DownArrow,
                    textOf(paint));
        label.features.setFlag(QStyleOptionButton::HasMenu, false);
        label.rect = QStyle::visualRect(button->direction, button->rect, label.rect.adjusted(0, 0, -room, 0));
    }
    paint.style->drawControl(QStyle::CE_PushButtonLabel, &label, paint.painter, paint.widget);
    return true;
}

} // namespace

Primitives buttonPrimitives()
{
    static constexpr PainterRow<QStyle::PrimitiveElement> kRows[] = {{QStyle::PE_PanelButtonCommand, pushPanel},
                                                                     {QStyle::PE_PanelButtonTool, toolPanel},
                                                                     {QStyle::PE_FrameDefaultButton, defaultFrame}};
    return kRows;
}

Controls buttonControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {{QStyle::CE_PushButton, pushButton}};
    return kRows;
}

Complexes buttonComplexes()
{
    static constexpr PainterRow<QStyle::ComplexControl> kRows[] = {{QStyle::CC_ToolButton, toolButton}};
    return kRows;
}

} // namespace headlens
