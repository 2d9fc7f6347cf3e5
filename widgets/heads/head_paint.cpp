// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_paint.h"

#include "widgets/heads/head_reach.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// Empty where there is none.
std::span<const float> rowOf(const InspectionModel& model, const HeadPlace& place)
{
    const AllRows& rows = model.rows()->layers();
    if (place.layer < 0 || std::size_t(place.layer) >= rows.size()) return {};
    const FloatArray& layer = rows[std::size_t(place.layer)];
    return place.head >= 0 && place.head < layer.rows() ? layer.part(place.head) : std::span<const float>();
}

} // namespace

LayerPaint layerPaintOf(const InspectionModel& model, const DisplaySettings& settings, int layer,
                        const LayerPaint* before)
{
    LayerPaint paint;
    const TokenLayout* picture = model.run().onPicture(layer, model.rows()->of().reverse);
    const TokenLayout& layout = picture != nullptr ? *picture : model.rows()->layoutOf(layer);
    paint.display = before != nullptr ? before->display : displayFor(model, settings);
    paint.isReached = reachOf(model, layer) == Reach::Reached;
    paint.isRow = picture == nullptr;
    paint.kept = keysInReach(model, layer);
    if (!layout.behind.isEmpty() && !paint.kept.empty()) // of the words that of the picture
        paint.kept = {paint.kept.begin() + layout.prefix.size(),
                      paint.kept.begin() + layout.prefix.size() + layout.patches()};
    paint.sinks = before != nullptr ? before->sinks : besidePicture(model);
    if (before == nullptr && paint.sinks.empty()) paint.sinks = sinksOfLayers(model, paint.display);
    const bool shares = before != nullptr && paint.display.scope == ScaleScope::Global && paint.isRow == before->isRow;
    if (shares)
        paint.scale = before->scale; // goes over every number there is
    else if (paint.display.scope != ScaleScope::Map)
        paint.scale = scaleFor(paint.display, model.rows()->layers(), layer, {}, layout.excluded(), paint.sinks);
    return paint;
}

QImage headImage(const InspectionModel& model, const HeadPlace& place, const LayerPaint& layer)
{
    const std::span<const float> row = rowOf(model, place);
    if (row.empty() || !layer.isReached) return {};
    const TokenLayout* picture = layer.isRow ? nullptr : model.run().onPicture(place.layer, model.rows()->of().reverse);
    const TokenLayout& layout = picture != nullptr ? *picture : model.rows()->layoutOf(place.layer);
    ValueScale scale = layer.scale;
    if (layer.display.scope == ScaleScope::Map)
        scale = scaleFor(layer.display, model.rows()->layers(), place.layer, row, layout.excluded(), layer.sinks);
    return heatImage(row.subspan(std::size_t(layout.excluded())), layer.isRow ? layout.tokens() : layout.gridWidth,
                     layer.isRow ? 1 : layout.gridHeight, scale, layer.display.colors(), layer.kept);
}

QPixmap hatch(const QSize& size, const QPalette& palette, double pixelRatio)
{
    constexpr int kStep = 5;
    constexpr float kFaint = 0.28F;
    QPixmap pixmap((QSizeF(size) * pixelRatio).toSize().expandedTo({1, 1}));
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(palette.color(QPalette::AlternateBase));
    QColor line = palette.color(QPalette::Text);
    line.setAlphaF(kFaint);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1));
    for (int x = -size.height(); x < size.width(); x += kStep) painter.drawLine(x, size.height(), x + size.height(), 0);
    return pixmap;
}

RowFacts factsOf(const InspectionModel& model, const HeadPlace& place)
{
    const std::span<const float> row = rowOf(model, place);
    RowFacts facts;
    if (row.empty()) return facts;
    const auto smaller = [](float one, float other) { return std::abs(one) < std::abs(other); };
    const auto strongest = std::ranges::max_element(row, smaller);
    facts.strongest = int(strongest - row.begin());
    facts.weight = *strongest;
    for (const float value : row) facts.entropy -= value > 0 ? double(value) * std::log(double(value)) : 0;
    return facts;
}

bool isUnchanged(const InspectionModel& model, const HeadPlace& place)
{
    if (!model.rows()->of().difference) return false;
    const RowFacts facts = factsOf(model, place);
    return facts.strongest >= 0 && facts.weight == 0;
}

void paintUnchanged(QPainter& painter, const QRectF& rect, const QPalette& palette)
{
    painter.fillRect(rect, palette.color(QPalette::AlternateBase));
    painter.setPen(palette.color(QPalette::PlaceholderText));
    painter.drawText(rect, Qt::AlignCenter, QStringLiteral("="));
}

} // namespace headlens
