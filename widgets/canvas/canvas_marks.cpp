// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_marks.h"

#include "core/base/colormap.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/canvas_weights.h"
#include "widgets/viewmodel/heat_image.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

struct CanvasMarks { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::CanvasMarks)
};

void outline(QPainter& painter, const QRectF& rect, const QColor& color)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 4));
    painter.drawRect(rect);
    painter.setPen(QPen(color, 2));
    painter.drawRect(rect);
}

void paintWindowLines(QPainter& painter, const WindowGrid& windows, const QRectF& grid, QSizeF cell)
{
    painter.setPen(QPen(QColor(255, 255, 255, 170), 1.5));
    for (int x = 0; x <= windows.width; ++x) {
        if (x != 0 && x != windows.width && !windows.startsColumn(x)) continue;
        const double at = grid.left() + x * cell.width();
        painter.drawLine(QPointF(at, grid.top()), QPointF(at, grid.bottom()));
    }
    for (int y = 0; y <= windows.height; ++y) {
        if (y != 0 && y != windows.height && !windows.startsRow(y)) continue;
        const double at = grid.top() + y * cell.height();
        painter.drawLine(QPointF(grid.left(), at), QPointF(grid.right(), at));
    }
}

} // namespace

void paintGridLines(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout& layout = scene.model->rows()->imageLayout();
    const QRectF grid = scene.gridOf(layout);
    constexpr double kNarrowest = 7; // below this the lines would hide the picture
    if (!scene.display->get().gridLines || grid.width() / layout.gridWidth < kNarrowest) return;
    painter.setPen(QPen(QColor(255, 255, 255, 48), 1));
    for (int x = 0; x <= layout.gridWidth; ++x) {
        const double at = grid.left() + grid.width() * x / layout.gridWidth;
        painter.drawLine(QPointF(at, grid.top()), QPointF(at, grid.bottom()));
    }
    for (int y = 0; y <= layout.gridHeight; ++y) {
        const double at = grid.top() + grid.height() * y / layout.gridHeight;
        painter.drawLine(QPointF(grid.left(), at), QPointF(grid.right(), at));
    }
}

// And the pieces of the window the query lies in: the piece it sees solid, the pieces that the
// shift brought along and the mask cuts off again dashed.
void paintWindows(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout& layout = scene.model->rows()->imageLayout();
    if (!isWindowed(layout.block) || !scene.display->get().windowGrid) return;
    const WindowGrid windows = windowsOf(layout.block);
    const QRectF grid = scene.gridOf(layout);
    const double w = grid.width() / layout.gridWidth, h = grid.height() / layout.gridHeight;
    paintWindowLines(painter, windows, grid, {w, h});
    const int token = layout.parentToken(scene.selection->tokens()->query().token);
    if (!layout.isPatch(token) || !scene.selection->showsRow()) return;
    const QPoint at = layout.cell(token);
    const WindowGrid::Place place = windows.placeOf({at.y(), at.x()});
    for (const WindowGrid::Piece& piece : windows.piecesOf(place.window)) {
        const QRectF rect(grid.left() + piece.x * w, grid.top() + piece.y * h, piece.width * w, piece.height * h);
        const bool own = piece.region == windows.regionOf(place);
        painter.setPen(QPen(Qt::black, 4));
        painter.drawRect(rect);
        painter.setPen(QPen(QColor(255, 200, 60), 2, own ? Qt::SolidLine : Qt::DashLine));
        painter.drawRect(rect);
        if (!own) painter.fillRect(rect, QBrush(QColor(255, 200, 60, 90), Qt::BDiagPattern));
    }
}

void paintMarks(QPainter& painter, const CanvasScene& scene)
{
    const TokenLayout& layout = scene.tokens();
    const TokenChoice* chosen = scene.selection->tokens();
    const QColor accent = scene.palette.color(QPalette::Highlight);
    if (chosen->other().stream == scene.model->rows()->pictureStream() && layout.isPatch(chosen->other().token))
        outline(painter, scene.rectOf(chosen->other().token), QColor(120, 200, 255));
    if (!scene.selectionIsHere() || !layout.isPatch(chosen->query().token)) return;
    const QRectF query = scene.rectOf(chosen->query().token);
    outline(painter, query, accent);
    painter.setPen(QPen(QColor(255, 255, 255, 200), 1)); // the accent alone may be a colour of the map
    painter.drawRect(query.adjusted(1.5, 1.5, -1.5, -1.5));
    if (chosen->isPinned()) { // not by colour alone: a pinned query carries a dot
        painter.setBrush(accent);
        painter.setPen(QPen(Qt::black, 1));
        painter.drawEllipse(query.center(), 4, 4);
    }
}

namespace {

// A special token with its weight; other views, and keys that are no tokens of the picture, have no number for it.
void paintChip(QPainter& painter, const CanvasScene& scene, int token)
{
    const CanvasMap& map = scene.map();
    const QRectF chip = scene.chipRect(token);
    const bool hasWeight =
        scene.selection->showsRow() && map.layout != nullptr && std::size_t(token) < map.values.size();
    QColor fill = scene.palette.color(QPalette::Button);
    QString text = scene.tokens().name(token);
    if (hasWeight) {
        const float weight = map.values[std::size_t(token)], unit = map.scale.unit(weight);
        const ColorTable& colors = colorTable(map.colors.toStdString());
        const Rgb& c = map.scale.isDifference() ? colorAt(colors, unit) : overlayColor(colors, unit);
        fill = QColor(c.r, c.g, c.b);
        text += QLatin1Char(' ') + weightText(weight);
    }
    const bool query = scene.selectionIsHere() && token == scene.selection->tokens()->query().token;
    painter.setBrush(fill);
    painter.setPen(QPen(scene.palette.color(query ? QPalette::Highlight : QPalette::Mid), query ? 3 : 1));
    painter.drawRoundedRect(chip, 6, 6);
    painter.setPen(readableOn(fill));
    painter.drawText(chip, Qt::AlignCenter, scene.metrics.elidedText(text, Qt::ElideMiddle, int(chip.width()) - 4));
    if (!query || !scene.selection->tokens()->isPinned()) return;
    painter.setBrush(scene.palette.color(QPalette::Highlight));
    painter.setPen(QPen(Qt::black, 1));
    painter.drawEllipse(QPointF(chip.right() - 2, chip.top() + 2), 4, 4);
}

} // namespace

void paintChips(QPainter& painter, const CanvasScene& scene)
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = scene.tokens().text; i < scene.tokens().prefix.size(); ++i) paintChip(painter, scene, i);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintHeadNames(QPainter& painter, const CanvasScene& scene)
{
    if (!scene.selection->heads()->overlaysHeads()) return;
    const QList<HeadPlace>& places = scene.selection->heads()->overlaid();
    const bool layers =
        std::ranges::any_of(places, [&](const HeadPlace& place) { return place.layer != places.first().layer; });
    QStringList names;
    int widest = 0;
    for (const HeadPlace& place : places) {
        names << (layers ? CanvasMarks::tr("Layer %1, head %2").arg(place.layer).arg(place.head)
                         : CanvasMarks::tr("Head %1").arg(place.head));
        widest = std::max(widest, scene.metrics.horizontalAdvance(names.last()));
    }
    const double lineHeight = std::max(22, scene.metrics.height() + 4), swatch = 14, wide = swatch + 6 + widest;
    QRectF line(scene.size.width() - CanvasScene::kMargin - wide, CanvasScene::kMargin + 4, wide,
                lineHeight); // the inset has the corner below
    painter.fillRect(QRectF(line.topLeft() - QPointF(6, 4), QSizeF(wide + 12, lineHeight * double(names.size()) + 8)),
                     QColor(0, 0, 0, 170));
    for (int i = 0; i < names.size(); ++i, line.translate(0, lineHeight)) {
        painter.fillRect(QRectF(line.left(), line.center().y() - swatch / 2, swatch, swatch), headQColor(i));
        painter.setPen(Qt::white);
        painter.drawText(line.adjusted(swatch + 6, 0, 0, 0), Qt::AlignVCenter, names[i]);
    }
}

} // namespace headlens
