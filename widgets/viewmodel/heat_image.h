// SPDX-License-Identifier: GPL-3.0-or-later
// From numbers to small pictures, one pixel per patch; shared by canvas, head grid and their tests.
#pragma once

#include "core/base/attention_math.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/sinks.h"

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

// To lie over a picture: weak patches are more transparent, those outside `kept` entirely (empty: everything is kept).
QImage overlayImage(std::span<const float> patches, int width, int height, const ValueScale& scale,
                    const QString& colormap, double opacity, const std::vector<bool>& kept = {});

// One colour, its opacity growing with the value: for heads laid over each other.
QImage tintImage(std::span<const float> patches, int width, int height, const ValueScale& scale, const QColor& color,
                 double opacity, const std::vector<bool>& kept = {});

// The scale the current display asks for: of the row itself, of its layer, of all layers. Patches only, of texts
// everything but `sinks` (sinksOfLayers).
ValueScale scaleFor(const Display& display, const AllRows& rows, int layer, std::span<const float> currentRow,
                    int prefix, const std::vector<Sinks>& sinks = {});

// Largest patch value of one layer, over all heads; of differences the farthest from 0.
float highestOf(const FloatArray& layer, int prefix);

// Black or white, whichever can be read on `ground`.
QColor readableOn(const QColor& ground);

QColor headQColor(int index);

} // namespace headlens
