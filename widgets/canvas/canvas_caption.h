// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas shows, in words and as a scale.
#pragma once

#include "core/base/attention_math.h"

#include <QString>

namespace headlens {

struct CanvasScene;

QString captionOf(const CanvasScene& scene); // for a plain row which one
QString mapCaptionOf(const CanvasScene& scene);
ValueScale shownScale(const CanvasScene& scene); // of the map that is shown, for the colour bar
bool showsBar(const CanvasScene& scene);

} // namespace headlens
