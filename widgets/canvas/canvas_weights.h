// SPDX-License-Identifier: GPL-3.0-or-later
// Weights as numbers: in patches that are large enough for them, and in the chips of special tokens.
#pragma once

#include <QString>

class QPainter;

namespace headlens {

struct CanvasScene;

QString weightText(float value); // "0.041"
// In every patch that is at least 44 points wide and high (64 where the whole picture is seen), at its lower edge on a
// dark plate.
void paintWeights(QPainter& painter, const CanvasScene& scene);

} // namespace headlens
