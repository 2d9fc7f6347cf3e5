// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a line of a menu lie, and how large it is for them.
#pragma once

#include <QRect>
#include <QSize>

class QStyleOptionMenuItem;

namespace headlens {

struct MenuColumns {
    QRect sign, text, arrow; // left to right; the text ends with the key
};
MenuColumns menuColumns(const QStyleOptionMenuItem& item);
// `content`: of the text and its key, as QMenu measures them.
QSize menuItemSize(const QStyleOptionMenuItem& item, const QSize& content);

} // namespace headlens
