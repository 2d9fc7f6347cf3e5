// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/menu_columns.h"

#include "widgets/style/tokens.h"

#include <QStyleOptionMenuItem>

#include <algorithm>

namespace headlens {
namespace {

int signSide(const QStyleOptionMenuItem& item)
{
    return std::max(14, item.fontMetrics.height() * 7 / 8);
}

// All lines of a menu begin below each other, whether or not they have a sign.
bool hasSigns(const QStyleOptionMenuItem& item)
{
    return item.menuHasCheckableItems || item.maxIconWidth > 0 || !item.icon.isNull();
}

constexpr int kSide = 12; // before the sign and behind the arrow

} // namespace

MenuColumns menuColumns(const QStyleOptionMenuItem& item)
{
    const int side = signSide(item), middle = item.rect.center().y();
    const QRect sign(item.rect.left() + kSide, middle - side / 2, side, side);
    const int begins = hasSigns(item) ? sign.right() + 1 + kGap : item.rect.left() + kSide;
    const QRect arrow(item.rect.right() - kSide - side / 2, middle - side / 2, side, side);
    const QRect text(QPoint(begins, item.rect.top()), QPoint(arrow.left() - kTight, item.rect.bottom()));
    return {sign, text, arrow};
}

QSize menuItemSize(const QStyleOptionMenuItem& item, const QSize& content)
{
    if (item.menuItemType == QStyleOptionMenuItem::Separator && item.text.isEmpty()) return {content.width(), 9};
    const int side = signSide(item);
    const int between = item.reservedShortcutWidth > 0 ? kWide : 0;
    const int width = 2 * kSide + (hasSigns(item) ? side + kGap : 0) + content.width() + between +
                      item.reservedShortcutWidth + kTight + side;
    return {width, std::max(item.fontMetrics.height(), side) + kGap};
}

} // namespace headlens
