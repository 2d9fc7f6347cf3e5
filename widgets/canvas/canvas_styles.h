// SPDX-License-Identifier: GPL-3.0-or-later
// How the map lies over the picture: a row a style.
#pragma once

#include "widgets/viewmodel/display_settings.h"

#include <QString>

class QPainter;

namespace headlens {

struct CanvasScene;

// Which colours the numbers have, so that the bar shows those.
enum class BarColours : int { Overlay, Whole, Dimming, None };

struct CanvasStyle {
    OverlayStyle style;
    void (*paint)(QPainter&, const CanvasScene&);
    QString (*caption)(const CanvasScene&); // what the style means; null: nothing to say
    BarColours bar;
};

const CanvasStyle& styleOf(const CanvasScene& scene);
// The chosen map in the chosen style; heads that lie over each other in a style of their own.
void paintMap(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
