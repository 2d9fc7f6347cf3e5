// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas shows, in words.
#pragma once

#include <QString>

namespace headlens {

struct CanvasScene;

QString captionOf(const CanvasScene& scene); // what the map is, how it is drawn, over what
QString mapCaptionOf(const CanvasScene& scene);
bool showsBar(const CanvasScene& scene); // whether its colours stand for numbers

} // namespace headlens
