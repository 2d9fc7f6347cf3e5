// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/neighbours.h"

#include <QScrollArea>
#include <QScrollBar>

#include <cstdlib>
#include <optional>

namespace headlens {
namespace {

bool overlap(int firstBegin, int firstEnd, int begin, int end)
{
    return firstBegin <= end && begin <= firstEnd;
}

// How far its area is scrolled: what is out of sight above lies below the field over the area all the same.
int scrolledBy(const QWidget& stop)
{
    for (const QWidget* above = stop.parentWidget(); above != nullptr; above = above->parentWidget())
        if (const auto* area = qobject_cast<const QScrollArea*>(above)) return area->verticalScrollBar()->value();
    return 0;
}

// By an arrow key; none: it does not lie that way.
std::optional<int> distanceBetween(const QRect& here, const QRect& there, int key)
{
    constexpr int kAside = 1 << 20; // beside, but higher or lower: only where nothing lies straight ahead
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    const int sign = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    const bool isLevel = overlap(here.top(), here.bottom(), there.top(), there.bottom());
    const bool isBelow = overlap(here.left(), here.right(), there.left(), there.right());
    const bool isAhead = isAcross ? isLevel : isBelow, isBeside = isAcross && !isBelow;
    const QPoint way = there.center() - here.center();
    const int along = sign * (isAcross ? way.x() : way.y()), aside = std::abs(isAcross ? way.y() : way.x());
    if (along <= 0 || (!isAhead && !isBeside)) return std::nullopt;
    return along + 2 * aside + (isAhead ? 0 : kAside);
}

} // namespace

QWidget* neighbour(const QWidget& page, const QList<QWidget*>& all, const QWidget& from, int key)
{
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    const auto placeOf = [&page, isAcross](const QWidget& stop) {
        return QRect(stop.mapTo(&page, QPoint(0, isAcross ? 0 : scrolledBy(stop))), stop.size());
    };
    const QRect here = placeOf(from);
    QWidget* best = nullptr;
    int nearest = 0;
    for (QWidget* stop : all) {
        const std::optional<int> distance = distanceBetween(here, placeOf(*stop), key);
        if (!distance || (best != nullptr && *distance >= nearest)) continue;
        best = stop;
        nearest = *distance;
    }
    return best;
}

} // namespace headlens
