// SPDX-License-Identifier: GPL-3.0-or-later
// What the painters of the style share: one call of QStyle as a value, and the few shapes that everything is made of.
#pragma once

#include "widgets/style/tokens.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QWidget>

#include <span>

namespace headlens {

struct Paint {
    const QStyleOption* option;
    QPainter* painter;
    const QWidget* widget;
    const QStyle* style;
    Tones tones;

    QRectF rect() const { return option->rect; }
    bool is(QStyle::StateFlag flag) const { return option->state.testFlag(flag); }
    bool isHovered() const { return is(QStyle::State_Enabled) && is(QStyle::State_MouseOver); }
    bool isPressed() const { return is(QStyle::State_Enabled) && is(QStyle::State_Sunken); }
    bool isReachedByKeyboard() const { return is(QStyle::State_HasFocus) && is(QStyle::State_KeyboardFocusChange); }
    template <class Option>
    const Option* as() const
    {
        return qstyleoption_cast<const Option*>(option);
    }
};

// False: this one is not ours, Fusion paints it.
using Painter = bool (*)(const Paint& paint);

template <class Element>
struct PainterRow {
    Element element;
    Painter painter;
};
using Primitives = std::span<const PainterRow<QStyle::PrimitiveElement>>;
using Controls = std::span<const PainterRow<QStyle::ControlElement>>;
using Complexes = std::span<const PainterRow<QStyle::ComplexControl>>;

// Each file of painters has its rows.
Primitives boxPrimitives();
Controls boxControls();
Primitives buttonPrimitives();
Controls buttonControls();
Complexes buttonComplexes();
Controls barControls();
Primitives barPrimitives();
Complexes barComplexes();
Controls fieldControls();
Complexes fieldComplexes();
Controls tabControls();
Primitives tabPrimitives();
Controls menuControls();
Primitives menuPrimitives();
Controls itemControls();
Primitives itemPrimitives();

struct Shape {
    QColor fill;      // invalid: none
    QColor line;      // invalid: none
    double width = 1; // of the line, which lies inside
    double radius = kRadius;
};
void draw(QPainter* painter, const QRectF& rect, const Shape& shape);
// Above what has the keyboard, everywhere alike.
void drawFocus(const Paint& paint, const QRectF& rect, double radius = kRadius);
void drawChevron(QPainter* painter, const QRectF& rect, Qt::ArrowType direction, const QColor& colour);
void drawHairline(QPainter* painter, const QPointF& from, const QPointF& to, const QColor& colour);

// The ground of something raised that answers the mouse.
QColor groundOf(const Paint& paint);
// Room that a chevron takes beside a text.
int chevronRoom(const QFontMetrics& metrics);
// As high as text with the room above and below that makes a row of controls one line.
int controlHeight(const QFontMetrics& metrics);

} // namespace headlens
