// SPDX-License-Identifier: GPL-3.0-or-later
// Weights behind words: the palette of the maps, let through by weight, so that no weight at all is the pane's ground
// and every word can be read.
#pragma once

#include "widgets/viewmodel/display_settings.h"

#include <QColor>

namespace headlens {

// Behind a word whose value lies at `unit` (0 to 1) of the scale; of differences the middle is the ground.
QColor wordFill(const Display& display, float unit, const QColor& ground);

} // namespace headlens
