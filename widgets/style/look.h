// SPDX-License-Identifier: GPL-3.0-or-later
// What a standard button is drawn as. Widgets stay what Qt makes (keys, roles and names come with them); the style of
// the window asks lookOf() when it paints.
#pragma once

#include <QVariant>
#include <QWidget>

namespace headlens {

enum class Look : int {
    Plain,
    Segment, // one of a row of which one is chosen; checkable, side by side without a gap
    Chip,    // switched on and off, or one of few; checkable, rounded
    Field,   // says what is open and opens a menu
    Accent,  // the one thing to press
    Rail,    // icon above its name; checkable
};

inline constexpr const char* kLookProperty = "look";

inline void setLook(QWidget* widget, Look look)
{
    widget->setProperty(kLookProperty, int(look));
}

inline Look lookOf(const QWidget* widget)
{
    return widget == nullptr ? Look::Plain : Look(widget->property(kLookProperty).toInt());
}

} // namespace headlens
