// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_links.h"

#include "core/base/colormap.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/map_lines.h"

#include <QCoreApplication>
#include <QPainter>

#include <numeric>
#include <ranges>

namespace headlens {
namespace {

std::vector<int> linked(const CanvasScene& scene)
{
    return strongestOf(scene.map().values, kLinkedShare, kMostLinks);
}

// Where a token of the map is drawn: a patch of its layer, or a chip. Words stand elsewhere.
QRectF placeOf(const CanvasScene& scene, int token)
{
    const TokenLayout& layout = *scene.map().layout;
    if (layout.isPatch(token)) return layout.rectOf(token, scene.gridOf(layout));
    return token >= layout.text ? scene.chipRect(token) : QRectF();
}

} // namespace

void paintLinks(QPainter& painter, const CanvasScene& scene)
{
    const CanvasMap& map = scene.map();
    const std::vector<int> tokens = linked(scene);
    if (tokens.empty()) return;
    const int query = map.layout->parentToken(scene.model->rows()->of().token);
    const QPointF from = placeOf(scene, query).center();
    const double most = double(map.values[std::size_t(tokens.front())]);
    const ColorTable& colors = colorTable(map.colors.toStdString());
    painter.save();
    painter.fillRect(scene.gridOf(*map.layout), QColor(0, 0, 0, 90)); // lines need a quiet ground
    painter.setRenderHint(QPainter::Antialiasing);
    for (const int token : tokens | std::views::reverse) { // the strongest on top
        const QRectF place = placeOf(scene, token);
        if (place.isEmpty()) continue;
        const double unit = double(map.values[std::size_t(token)]) / most;
        const Rgb& c = overlayColor(colors, float(unit));
        const double width = 1 + 5 * unit;
        painter.setPen(QPen(QColor(c.r, c.g, c.b), width, Qt::SolidLine, Qt::RoundCap));
        painter.setBrush(Qt::NoBrush);
        if (token != query) painter.drawPath(linkCurve(from, place.center()));
        painter.setPen(QPen(Qt::black, 1));
        painter.setBrush(QColor(c.r, c.g, c.b));
        const double radius = token == query ? 4 + width : 2 + width / 2; // of the query itself a ring around its mark
        painter.drawEllipse(place.center(), radius, radius);
    }
    painter.restore();
}

QString captionOfLinks(const CanvasScene& scene)
{
    const std::vector<int> tokens = linked(scene);
    const std::vector<float>& row = scene.map().values;
    const double total = std::accumulate(row.begin(), row.end(), 0.0);
    double sum = 0;
    for (const int token : tokens) sum += double(row[std::size_t(token)]);
    return QCoreApplication::translate("headlens::CanvasCaption", "the %1 strongest tokens: %2 % of the weight")
        .arg(tokens.size())
        .arg(total > 0 ? 100 * sum / total : 0, 0, 'f', 0);
}

} // namespace headlens
