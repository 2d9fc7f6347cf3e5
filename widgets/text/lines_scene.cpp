// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/lines_scene.h"

#include <algorithm>

namespace headlens {

int LinesScene::rowHeight() const
{
    constexpr int kSmallestRow = 18;
    return std::max(kSmallestRow, metrics.height() + 2);
}

QRect LinesScene::rowRect(bool key, int row) const
{
    const int wide = std::min(side(key).widest + 2 * kMargin, width * 2 / 5);
    return {key ? width - wide : 0, top() + row * rowHeight(), wide, rowHeight()};
}

QLine LinesScene::placeOf(const Line& line) const
{
    const QRect from = rowRect(false, line.query), to = rowRect(true, line.key);
    return {from.right() + kMargin, from.center().y(), to.left() - kMargin, to.center().y()};
}

LinesPlace LinesScene::placeAt(const QPoint& point) const
{
    const int row = point.y() < top() ? -1 : (point.y() - top()) / rowHeight();
    for (const bool key : {false, true})
        if (row >= 0 && row < side(key).rows && rowRect(key, row).contains(point)) return {key, row};
    return {};
}

int LinesScene::tokenOf(const LinesPlace& place) const
{
    if (place.row < 0 || (!place.key && poolsQueries)) return -1;
    return side(place.key).layout.middle(place.row);
}

QString LinesScene::nameOf(bool key, int row, bool full) const
{
    if (!key && poolsQueries) return tr("learnt query");
    return full ? side(key).layout.name(row) : side(key).layout.shortName(row);
}

} // namespace headlens
