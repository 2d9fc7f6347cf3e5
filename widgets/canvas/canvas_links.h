// SPDX-License-Identifier: GPL-3.0-or-later
// The strongest tokens of the row as curves from the query, as thick as their weight.
#pragma once

#include <QString>

#include <span>
#include <vector>

class QPainter;

namespace headlens {

struct CanvasScene;

void paintLinks(QPainter& painter, const CanvasScene& scene);
QString captionOfLinks(const CanvasScene& scene);

// The strongest entries, until they hold `share` of the sum, `most` of them at most; the strongest first.
std::vector<int> strongestOf(std::span<const float> weights, double share, int most);

} // namespace headlens
