// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_styles.h"

#include "widgets/canvas/canvas_contours.h"
#include "widgets/canvas/canvas_heat.h"
#include "widgets/canvas/canvas_links.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/canvas_side_by_side.h"
#include "widgets/canvas/canvas_spotlight.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

QString captionOfSpotlight(const CanvasScene&)
{
    return QCoreApplication::translate("headlens::CanvasCaption", "the less weight, the darker");
}

QString captionOfContours(const CanvasScene&)
{
    return QCoreApplication::translate("headlens::CanvasCaption", "the lines hold 50, 80 and 95 % of the weight");
}

constexpr std::array<CanvasStyle, 5> kStyles{{
    {OverlayStyle::Heat, paintHeat, nullptr, BarColours::Overlay},
    {OverlayStyle::Spotlight, paintSpotlight, captionOfSpotlight, BarColours::Dimming},
    {OverlayStyle::Contours, paintContours, captionOfContours, BarColours::None},
    {OverlayStyle::Links, paintLinks, captionOfLinks, BarColours::None},
    {OverlayStyle::SideBySide, paintSideBySide, nullptr, BarColours::Whole},
}};

} // namespace

const CanvasStyle& styleOf(const CanvasScene& scene)
{
    return *std::ranges::find(kStyles, scene.style(), &CanvasStyle::style);
}

void paintMap(QPainter& painter, const CanvasScene& scene)
{
    if (!scene.paintsMap()) return;
    const bool heads = scene.selection->showsRow() && scene.selection->heads()->overlaysHeads();
    if (heads && !scene.map().isSigned) return paintHeads(painter, scene);
    styleOf(scene).paint(painter, scene);
}

} // namespace headlens
