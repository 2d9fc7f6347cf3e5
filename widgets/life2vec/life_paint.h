// SPDX-License-Identifier: GPL-3.0-or-later
// How a life is painted: axis, ties and cards.
#pragma once

#include "widgets/life2vec/life_layout.h"
#include "widgets/viewmodel/display_settings.h"

class QPainter;
class QPalette;

namespace headlens {

struct LifeCanvas {
    QPainter& painter; // with the font of the widget
    const LifeLayout& layout;
    const Display& display;
    const QPalette& palette;
    int width = 0; // of the widget
};
void paintLife(const LifeCanvas& to);

} // namespace headlens
