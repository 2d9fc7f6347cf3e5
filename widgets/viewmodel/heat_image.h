// SPDX-License-Identifier: GPL-3.0-or-later
// From numbers to small pictures, one pixel per patch; shared by canvas, head grid and their tests.
#pragma once

#include "core/base/attention_math.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/live_rows.h"

#include <QColor>
#include <QImage>

#include <span>
#include <vector>

namespace headlens {

// The settings as the rows that are shown want them: a difference has colours and a scale of its own.
Display displayFor(const InspectionModel& model, const DisplaySettings& settings);

// One opaque pixel per patch, transparent outside `kept` (empty: everything is kept).
QImage heatImage(std::span<const float> patches, int width, int height, const ValueScale& scale,
                 const QString& colormap, const std::vector<bool>& kept = {});

// Both of two masks; an empty one keeps everything.
std::vector<bool> bothOf(const std::vector<bool>& one, const std::vector<bool>& other);

// To lie over a picture: as opaque as the weight, from the upper part of the palette; outside `kept` nothing (empty:
// everything is kept).
QImage overlayImage(std::span<const float> patches, int width, int height, const ValueScale& scale,
                    const QString& colormap, double opacity, const std::vector<bool>& kept = {});

// One colour, its opacity growing with the value: for heads laid over each other.
QImage tintImage(std::span<const float> patches, int width, int height, const ValueScale& scale, const QColor& color,
                 double opacity, const std::vector<bool>& kept = {});

// To lie over a picture: as dark as the weight is low, at most `opacity`.
QImage dimmingImage(std::span<const float> patches, int width, int height, const ValueScale& scale, double opacity,
                    const std::vector<bool>& kept = {});

// A map with several values a patch, bicubic between the middles of patches; `kept` of the nearest patch.
struct SmoothMap {
    int width = 0, height = 0;
    std::vector<float> values;
    std::vector<bool> kept;
};
SmoothMap smoothMap(std::span<const float> patches, int width, int height, const std::vector<bool>& kept);

// The scale the current display asks for: of the row itself, of its layer, of all layers. Patches only; its end is
// robustHigh().
ValueScale scaleFor(const Display& display, const AllRows& rows, int layer, std::span<const float> currentRow,
                    int prefix);

// The upper end of the scale of one layer: the highest of its heads'; of differences the farthest from 0.
float highestOf(const FloatArray& layer, int prefix);

// Black or white, whichever can be read on `ground`.
QColor readableOn(const QColor& ground);

QColor headQColor(int index);

} // namespace headlens
