// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_marks.h"

#include "core/base/colormap.h"
#include "widgets/canvas/canvas_caption.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/method_map.h"

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

QString number(float value)
{
    return QString::number(double(value), 'g', 3);
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

// Not where the whole original is seen, and all of it is in sight.
bool hasInset(const CanvasScene& scene)
{
    const verbs::InputInfo& input = scene.model->input();
    const QImage &original = scene.model->run().original, &seen = scene.model->run().seen;
    if (scene.display->get().ground == Ground::Original || original.isNull() || input.region.size() != 4) return false;
    const bool whole = input.region[0] <= 0.5 && input.region[1] <= 0.5 &&
                       input.region[2] >= input.originalWidth - 1.0 && input.region[3] >= input.originalHeight - 1.0 &&
                       original.width() * seen.height() == original.height() * seen.width();
    return !whole || !scene.view.isFitted();
}

// A small canvas keeps its patches in sight: the inset takes a quarter of its side at most, and no less than shows
// something; else it is empty.
QRectF insetRect(const CanvasScene& scene, const CanvasLegend& legend)
{
    constexpr double kLargest = 96, kLeast = 36;
    const QRectF area = scene.pictureArea();
    const double side = std::min(kLargest, std::min(area.width(), area.height()) / 4);
    if (side < kLeast) return {};
    const QSizeF size = QSizeF(scene.model->run().original.size()).scaled(side, side, Qt::KeepAspectRatio);
    return {scene.size.width() - size.width() - CanvasScene::kMargin,
            scene.size.height() - legend.height + 2 - size.height() - CanvasScene::kMargin, size.width(),
            size.height()};
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
    if (scene.selection->tokens()->other().stream == scene.model->run().pictureStream() &&
        layout.isPatch(scene.selection->tokens()->other().token))
        outline(painter, scene.rectOf(scene.selection->tokens()->other().token), QColor(120, 200, 255));
    if (!scene.selectionIsHere() || !layout.isPatch(scene.selection->tokens()->query().token)) return;
    const QRectF query = scene.rectOf(scene.selection->tokens()->query().token);
    outline(painter, query, scene.selection->tokens()->isPinned() ? QColor(255, 90, 60) : QColor(255, 255, 255));
    if (scene.selection->tokens()->isPinned()) { // not by colour alone: a pinned query carries a dot
        painter.setBrush(QColor(255, 90, 60));
        painter.setPen(QPen(Qt::black, 1));
        painter.drawEllipse(query.center(), 4, 4);
    }
}

void paintChips(QPainter& painter, const CanvasScene& scene)
{
    const std::vector<float> row = scene.lookedAtPicture() ? scene.model->rows()->current() : std::vector<float>();
    const TokenLayout& layout = scene.tokens();
    const Display display = displayFor(*scene.model, *scene.display);
    const ValueScale scale = scaleFor(display, scene.model->rows()->layers(), scene.selection->heads()->layer(), row,
                                      int(layout.prefix.size()));
    const ColorTable& colors = colorTable(display.colors().toStdString());
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = layout.text; i < layout.prefix.size(); ++i) {
        const QRectF chip = scene.chipRect(i);
        // Other views, and keys that are no tokens of the picture, have no number for special tokens.
        QColor fill = scene.palette.color(QPalette::Button);
        if (scene.selection->showsRow() && std::size_t(i) < row.size()) {
            const Rgb& c = colorAt(colors, scale.unit(row[std::size_t(i)]));
            fill = QColor(c.r, c.g, c.b);
        }
        const bool query = scene.selectionIsHere() && i == scene.selection->tokens()->query().token;
        painter.setBrush(fill);
        painter.setPen(QPen(
            query ? (scene.selection->tokens()->isPinned() ? QColor(255, 90, 60) : scene.palette.color(QPalette::Text))
                  : scene.palette.color(QPalette::Mid),
            query ? 3 : 1));
        painter.drawRoundedRect(chip, 6, 6);
        painter.setPen(readableOn(fill));
        painter.drawText(chip, Qt::AlignCenter,
                         scene.metrics.elidedText(layout.name(i), Qt::ElideMiddle, int(chip.width()) - 4));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintColorBar(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend)
{
    if (scene.model->rows()->current().empty()) return;
    painter.setPen(scene.palette.color(QPalette::Text));
    painter.drawText(legend.caption, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, captionOf(scene));
    if (!showsBar(scene)) return;
    const ValueScale scale = shownScale(scene);
    const QRectF& bar = legend.bar;
    Display display = displayFor(*scene.model, *scene.display);
    if (!scene.selection->showsRow()) display.difference = scene.model->map()->shown().of.difference;
    const ColorTable& colors = colorTable(display.colors().toStdString());
    for (int x = 0; x < int(bar.width()); ++x) {
        const Rgb& c = colorAt(colors, float(x) / float(bar.width() - 1));
        painter.fillRect(QRectF(bar.left() + x, bar.top(), 1, bar.height()), QColor(c.r, c.g, c.b));
    }
    painter.drawText(legend.numbers, Qt::AlignLeft | Qt::AlignVCenter, number(scale.valueAt(0)));
    painter.drawText(legend.numbers, Qt::AlignHCenter | Qt::AlignVCenter, number(scale.valueAt(0.5F)));
    painter.drawText(legend.numbers, Qt::AlignRight | Qt::AlignVCenter, number(scale.valueAt(1)));
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

void paintInset(QPainter& painter, const CanvasScene& scene, const CanvasLegend& legend)
{
    if (!hasInset(scene)) return;
    const verbs::InputInfo& input = scene.model->input();
    const QImage& original = scene.model->run().original;
    const QRectF inset = insetRect(scene, legend);
    if (inset.isEmpty()) return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(inset, original);
    const double scale = inset.width() / input.originalWidth;
    const QRectF seen(inset.left() + input.region[0] * scale, inset.top() + input.region[1] * scale,
                      input.region[2] * scale, input.region[3] * scale);
    outline(painter, seen.intersected(inset), QColor(255, 255, 255));
    if (!scene.view.isFitted()) {
        const QRectF shown(scene.view.toPicture(QPointF(0, 0)),
                           scene.view.toPicture(QPointF(scene.size.width(), scene.size.height() - legend.height)));
        const double sx = seen.width() / scene.picture().width(), sy = seen.height() / scene.picture().height();
        const QRectF part(seen.left() + shown.left() * sx, seen.top() + shown.top() * sy, shown.width() * sx,
                          shown.height() * sy);
        outline(painter, part.intersected(inset), QColor(255, 200, 60));
    }
    painter.setPen(scene.palette.color(QPalette::Mid));
    painter.drawRect(inset);
}

} // namespace headlens
