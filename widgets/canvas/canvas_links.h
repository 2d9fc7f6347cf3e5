// SPDX-License-Identifier: GPL-3.0-or-later
// The strongest tokens of the row as curves from the query, as thick as their weight.
#pragma once

#include <QString>

class QPainter;

namespace headlens {

struct CanvasScene;

void paintLinks(QPainter& painter, const CanvasScene& scene);
QString captionOfLinks(const CanvasScene& scene);

} // namespace headlens
