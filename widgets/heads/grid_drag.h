// SPDX-License-Identifier: GPL-3.0-or-later
// A drag over the head grid: with Shift a rubber band around heads, with the middle button the factor of one head.
// Plain.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <QPointF>
#include <QRectF>

#include <cstdint>

namespace headlens {

struct GridDrag {
    enum class Kind : std::uint8_t { None, Band, Factor };
    Kind kind = Kind::None;
    QPointF from, to;
    HeadPlace place = {};  // whose factor it is
    double factor = 1;     // that it had before
    bool hasMoved = false; // farther than a click

    void moveTo(const QPointF& point);
    QRectF band() const { return QRectF(from, to).normalized(); }
    // Up for more: of an as large grid as of a small one, in steps of a twentieth, from -1 to 2.
    double factorNow() const;
};

} // namespace headlens
