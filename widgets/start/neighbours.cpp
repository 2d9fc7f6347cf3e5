// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/neighbours.h"

#include <cstdlib>

namespace headlens {
namespace {

bool overlap(int firstBegin, int firstEnd, int begin, int end)
{
    return firstBegin <= end && begin <= firstEnd;
}

} // namespace

QWidget* neighbour(const QWidget& page, const QList<QWidget*>& all, const QWidget& from, int key)
{
    const auto placeOf = [&page](const QWidget& stop) { return QRect(stop.mapTo(&page, QPoint()), stop.size()); };
    const QRect here = placeOf(from);
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    const int sign = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    constexpr int kAside = 1 << 20; // beside, but higher or lower: only where nothing lies straight ahead
    QWidget* best = nullptr;
    int nearest = 0;
    for (QWidget* stop : all) {
        const QRect there = placeOf(*stop);
        const bool isAhead = isAcross ? overlap(here.top(), here.bottom(), there.top(), there.bottom())
                                      : overlap(here.left(), here.right(), there.left(), there.right());
        const bool isBeside = isAcross && !overlap(here.left(), here.right(), there.left(), there.right());
        const QPoint way = there.center() - here.center();
        const int along = sign * (isAcross ? way.x() : way.y()), aside = std::abs(isAcross ? way.y() : way.x());
        const int distance = along + 2 * aside + (isAhead ? 0 : kAside);
        if (along <= 0 || !(isAhead || isBeside) || (best != nullptr && distance >= nearest)) continue;
        best = stop;
        nearest = distance;
    }
    return best;
}

} // namespace headlens
