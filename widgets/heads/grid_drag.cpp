// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/grid_drag.h"

#include <algorithm>
#include <cmath>

namespace headlens {

void GridDrag::moveTo(const QPointF& point)
{
    constexpr double kClick = 4; // pixels
    to = point;
    hasMoved = hasMoved || (to - from).manhattanLength() > kClick;
}

double GridDrag::factorNow() const
{
    constexpr double kPixels = 80, kSteps = 20; // for a factor of 1; in it
    const double wanted = factor + (from.y() - to.y()) / kPixels;
    return std::clamp(std::round(wanted * kSteps) / kSteps, -1.0, 2.0);
}

} // namespace headlens
