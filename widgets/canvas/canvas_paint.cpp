// SPDX-License-Identifier: GPL-3.0-or-later
// How the canvas looks; what it does is in canvas.cpp.
#include "widgets/canvas/canvas.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"

#include <QPainter>

namespace headlens {

void Canvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(
        rect(), palette().color(QPalette::Base).darker(palette().color(QPalette::Base).lightness() > 127 ? 106 : 90));
    if (!m_model->run().hasPicture()) {
        paintEmpty(painter);
    } else {
        const Legend below = legend(); // once a frame: it breaks the caption into lines
        painter.save();
        painter.setClipRect(QRectF(rect()).adjusted(0, 0, 0, -below.height));
        paintPicture(painter);
        paintHidden(painter);
        paintPassedBy(painter);
        paintHeat(painter);
        paintTaken(painter);
        paintGridLines(painter);
        paintWindows(painter);
        paintMarks(painter);
        painter.restore();
        paintChips(painter);
        paintInset(painter, below);
        paintColorBar(painter, below);
        paintLegend(painter);
    }
    Q_EMIT painted();
}

void Canvas::paintPicture(QPainter& painter)
{
    const QRectF target = m_view.toWidget(QRectF(picture().rect()));
    const QSize size = target.size().toSize();
    constexpr int kLargestCopy = 4096; // pixels a side; zoomed in further only the visible part is scaled
    if (size.isEmpty() || size.width() > kLargestCopy || size.height() > kLargestCopy) {
        painter.drawImage(target, picture());
        return;
    }
    if (m_scaled.size() != size || m_scaledKey != picture().cacheKey()) {
        const bool shrinks = m_view.scale() < 1;
        m_scaled = QPixmap::fromImage(
            picture().scaled(size, Qt::IgnoreAspectRatio, shrinks ? Qt::SmoothTransformation : Qt::FastTransformation));
        m_scaledKey = picture().cacheKey();
    }
    painter.drawPixmap(target.topLeft().toPoint(), m_scaled);
    if (m_display->get().ground == Ground::Components && !m_model->components()->picture().isNull())
        painter.drawImage(
            m_view.toWidget(gridInPicture(m_model->rows()->layoutOf(m_model->components()->info().layer))),
            m_model->components()->picture());
}

// What a masked autoencoder did not see.
void Canvas::paintHidden(QPainter& painter) const
{
    if (m_display->get().ground != Ground::Seen) return;
    const TokenLayout& layout = m_model->run().layout;
    const QRectF grid = m_view.toWidget(gridInPicture(layout));
    for (const int patch : m_model->input().hiddenPatches) {
        const QRectF rect = layout.rectOf(int(layout.prefix.size()) + patch, grid);
        painter.fillRect(rect, QColor(60, 60, 60));
        painter.fillRect(rect, QBrush(QColor(120, 120, 120), Qt::DiagCrossPattern));
    }
}

// Patches that the looked-at block does not process (Mixture-of-Depths): dimmed, and hatched beside that.
void Canvas::paintPassedBy(QPainter& painter) const
{
    const TokenLayout& layout = m_model->rows()->imageLayout();
    if (layout.block.taking.empty()) return;
    const QRectF grid = m_view.toWidget(gridInPicture());
    const std::vector<bool> taken = layout.reachable(0, {});
    for (int patch = 0; patch < int(taken.size()); ++patch) {
        if (taken[std::size_t(patch)]) continue;
        const QRectF rect = layout.rectOf(int(layout.prefix.size()) + patch, grid);
        painter.fillRect(rect, QColor(40, 40, 40, 150));
        painter.fillRect(rect, QBrush(QColor(200, 200, 200, 130), Qt::BDiagPattern));
    }
}

void Canvas::paintTaken(QPainter& painter) const
{
    const TokenLayout& layout = m_model->rows()->imageLayout();
    if (layout.block.taking.empty()) return;
    paintContour(painter, layout.reachable(0, {}), layout, QColor(255, 200, 60));
}

// One rectangle a patch: much faster than scaling a tiny picture, and exactly as wide as the patch.
void Canvas::paintOverlay(QPainter& painter, const QImage& patches, const QRectF& target) const
{
    if (m_display->get().smooth) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(target, patches);
        return;
    }
    const double w = target.width() / patches.width(), h = target.height() / patches.height();
    for (int y = 0; y < patches.height(); ++y)
        for (int x = 0; x < patches.width(); ++x) {
            const QColor color = patches.pixelColor(x, y); // of a premultiplied image the colour itself
            if (color.alpha() == 0) continue;
            const QPoint from = (target.topLeft() + QPointF(x * w, y * h)).toPoint();
            const QPoint to = (target.topLeft() + QPointF((x + 1) * w, (y + 1) * h)).toPoint();
            painter.fillRect(QRect(from, to - QPoint(1, 1)), color);
        }
}

void Canvas::paintEmpty(QPainter& painter) const
{
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QString text =
        m_model->hasModel() ? tr("Drop a picture here, press Ctrl+O, or paste one") : tr("Starting the engine…");
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, text);
}

void Canvas::paintHeat(QPainter& painter) const
{
    if (!m_selection->showsRow()) return paintTokenMap(painter);
    // Colours that mean something must not be mixed with others, unless somebody asks for both.
    if (m_display->get().ground == Ground::Components && !m_tokens->isPinned()) return;
    const Display display = displayFor(*m_model, *m_display);
    const AllRows& rows = m_model->rows()->layers();
    const int layer = m_heads->layer();
    if (!lookedAtPicture()) return; // the layer reads words, or knows nothing of the chosen token
    if (m_heads->overlaysHeads() && !display.difference) return paintHeads(painter);
    const TokenLayout& layout = m_model->rows()->imageLayout();
    const std::vector<float> row = m_model->rows()->current();
    const auto patches = std::span(row).subspan(std::size_t(layout.prefix.size()));
    const ValueScale scale = scaleFor(display, rows, layer, row, int(layout.prefix.size()));
    std::vector<bool> kept = m_model->rows()->reachable(layer);
    if (display.maskByMass) kept = bothOf(kept, massMask(patches, display.keepMass));
    paintOverlay(
        painter,
        overlayImage(patches, layout.gridWidth, layout.gridHeight, scale, display.colors(), display.opacity, kept),
        m_view.toWidget(gridInPicture()));
    if (display.maskByMass) paintContour(painter, kept, layout, Qt::white);
}

// Several heads over each other, of one layer or of several, each in its colour.
void Canvas::paintHeads(QPainter& painter) const
{
    const Display& display = m_display->get();
    painter.fillRect(m_view.toWidget(gridInPicture()),
                     QColor(0, 0, 0, int(110 * display.opacity))); // colours need a dark ground
    for (int i = 0; i < m_heads->overlaid().size(); ++i) {
        const HeadPlace place = m_heads->overlaid()[i];
        const TokenLayout& layout = m_model->rows()->layoutOf(place.layer);
        const FloatArray& heads = m_model->rows()->layers()[std::size_t(place.layer)];
        if (!layout.isPicture() || place.head >= heads.rows()) continue; // reads words, or knows nothing of the token
        const auto row = heads.part(place.head);
        const auto patches = row.subspan(std::size_t(layout.prefix.size()));
        const ValueScale scale =
            scaleFor(display, m_model->rows()->layers(), place.layer, row, int(layout.prefix.size()));
        std::vector<bool> kept = m_model->rows()->reachable(place.layer);
        if (display.maskByMass) kept = bothOf(kept, massMask(patches, display.keepMass));
        paintOverlay(
            painter,
            tintImage(patches, layout.gridWidth, layout.gridHeight, scale, headQColor(i), display.opacity, kept),
            m_view.toWidget(gridInPicture(layout)));
        if (display.maskByMass) paintContour(painter, kept, layout, headQColor(i));
    }
}

// One number per token, by the chosen method.
void Canvas::paintTokenMap(QPainter& painter) const
{
    const verbs::TokenMap& found = m_model->map()->shown();
    const FloatArray& map = found.map;
    const TokenLayout& layout = m_model->map()->layout();
    if (map.empty() || map.rows() != layout.gridHeight || map.columns() != layout.gridWidth) return;
    Display display = m_display->get();
    display.difference = found.of.difference;
    paintOverlay(painter,
                 overlayImage(map.values, map.columns(), map.rows(), shownScale(), display.colors(), display.opacity),
                 m_view.toWidget(gridInPicture(layout)));
}

// The border of the patches that are kept.
void Canvas::paintContour(QPainter& painter, const std::vector<bool>& kept, const TokenLayout& layout,
                          const QColor& color) const
{
    const QRectF grid = m_view.toWidget(gridInPicture(layout));
    const double w = grid.width() / layout.gridWidth, h = grid.height() / layout.gridHeight;
    const auto isKept = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < layout.gridWidth && y < layout.gridHeight &&
               kept[std::size_t(y) * std::size_t(layout.gridWidth) + std::size_t(x)];
    };
    if (kept.empty()) return;
    QList<QLineF> lines;
    for (int y = 0; y <= layout.gridHeight; ++y)
        for (int x = 0; x <= layout.gridWidth; ++x) {
            const QPointF corner(grid.left() + x * w, grid.top() + y * h);
            if (isKept(x, y) != isKept(x - 1, y)) lines << QLineF(corner, corner + QPointF(0, h));
            if (isKept(x, y) != isKept(x, y - 1)) lines << QLineF(corner, corner + QPointF(w, 0));
        }
    painter.setPen(QPen(color, 2));
    painter.drawLines(lines);
}

namespace {

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

// The windows of the block, and the pieces of the one the query lies in: the piece it sees solid, the pieces that the
// shift brought along and the mask cuts off again dashed.
void Canvas::paintWindows(QPainter& painter) const
{
    const TokenLayout& layout = m_model->rows()->imageLayout();
    if (!isWindowed(layout.block) || !m_display->get().windowGrid) return;
    const WindowGrid windows = windowsOf(layout.block);
    const QRectF grid = m_view.toWidget(gridInPicture());
    const double w = grid.width() / layout.gridWidth, h = grid.height() / layout.gridHeight;
    paintWindowLines(painter, windows, grid, {w, h});
    const int token = layout.parentToken(m_tokens->query().token);
    if (!layout.isPatch(token) || !m_selection->showsRow()) return;
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

} // namespace headlens
