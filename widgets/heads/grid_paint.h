// SPDX-License-Identifier: GPL-3.0-or-later
// The head grid as a picture: what is painted where, from the layout of the heads and what they are of.
#pragma once

#include "widgets/heads/head_layout.h"
#include "widgets/heads/head_paint.h"
#include "widgets/heads/head_sections.h"

#include <QFont>

#include <optional>

namespace headlens {

class Emphasis;
class HeadOrder;

struct GridScene {
    const InspectionModel& model;
    const DisplaySettings& settings;
    const HeadOrder& order;
    const HeadChoice& choice;
    const Emphasis& emphasis;
    const HeadLayout& layout;
    const std::vector<HeadSection>& sections;
    const QPixmap& hatched;          // of the size of a cell
    const std::vector<bool>& folded; // by section
    QPalette palette = {};
    QFont small = {};
    double veil = 0;         // over heads that a lesson does not speak of, 0 to 1
    int focusedHeading = -1; // section
    HeadPlace looked{-1, 0}; // under the mouse; layer -1: none

    HeadLayout::Cell const* lookedCell() const { return looked.layer < 0 ? nullptr : layout.cellOf(looked); }
};

// Everything that touches `dirty`.
void paintGrid(QPainter& painter, const GridScene& scene, const QRectF& dirty);

// The font of numbers and names around the cells.
QFont smallFont(const QFont& font);

} // namespace headlens
