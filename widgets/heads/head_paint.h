// SPDX-License-Identifier: GPL-3.0-or-later
// How one head is painted, small in the grid and large under the mouse: free functions over values.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/head_choice.h"
#include "widgets/viewmodel/sinks.h"

#include <QImage>
#include <QPalette>
#include <QPixmap>

#include <vector>

class QPainter;

namespace headlens {

class InspectionModel;

// What all heads of a layer share in a frame: worked out once.
struct LayerPaint {
    Display display;
    ValueScale scale;         // of all its heads; of a scale per map not used
    std::vector<bool> kept;   // keys in reach; empty: all
    std::vector<Sinks> sinks; // of every layer; empty: none
    bool isReached = true;
    bool isRow = false; // a text: its tokens from left to right
};
// `before`: another layer of the same frame, from which is taken what they share; null: there is none.
LayerPaint layerPaintOf(const InspectionModel& model, const DisplaySettings& settings, int layer,
                        const LayerPaint* before = nullptr);

// One pixel a patch or token, transparent where nothing is in reach; null where the head has no row.
QImage headImage(const InspectionModel& model, const HeadPlace& place, const LayerPaint& layer);

// What stands where nothing can be seen: lines over a grey ground, not white.
QPixmap hatch(const QSize& size, const QPalette& palette, double pixelRatio);

// The row of a head for the current query, in numbers.
struct RowFacts {
    double entropy = 0; // nats; of a difference not used
    int strongest = -1; // token of the layer; -1: no row
    float weight = 0;   // of it
};
RowFacts factsOf(const InspectionModel& model, const HeadPlace& place);
// Differences are shown, and this head has none: before the first change no head has one.
bool isUnchanged(const InspectionModel& model, const HeadPlace& place);
// In place of its map, which would be one blank: a quiet ground with "=" on it.
void paintUnchanged(QPainter& painter, const QRectF& rect, const QPalette& palette);

} // namespace headlens
