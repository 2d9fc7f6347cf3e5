// SPDX-License-Identifier: GPL-3.0-or-later
// How TilesStrip is painted: tiles, their kinds and the bars below.
#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/text/tiles_strip.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace headlens {
namespace {

constexpr QRgb kMark = qRgb(213, 94, 0);

QColor colourOf(TileKind kind)
{
    switch (kind) {
    case TileKind::Image: return {0, 114, 178};
    case TileKind::State: return {0, 158, 115};
    case TileKind::Object: return {204, 121, 167};
    case TileKind::Word: break;
    }
    return {128, 128, 128};
}

} // namespace

// A breath of its colour on the ground, so that text stays readable in light and dark.
QColor TilesStrip::fillOf(TileKind kind) const
{
    const QColor ground = palette().color(QPalette::Base), own = colourOf(kind);
    if (kind == TileKind::Word) return ground;
    const auto mix = [](int a, int b) { return (3 * a + b) / 4; };
    return {mix(ground.red(), own.red()), mix(ground.green(), own.green()), mix(ground.blue(), own.blue())};
}

QPen TilesStrip::rimOf(TileKind kind) const
{
    switch (kind) {
    case TileKind::Image: return {colourOf(kind), 2, Qt::SolidLine};
    case TileKind::State: return {colourOf(kind), 2, Qt::DashLine};
    case TileKind::Object: return {colourOf(kind), 2, Qt::DotLine};
    case TileKind::Word: break;
    }
    return {palette().color(QPalette::PlaceholderText), 1};
}

// The part of the picture that the model saw there.
QImage TilesStrip::patch(int token) const
{
    const QImage& seen = m_model->run().seen;
    const int place = patchOf(tokens(), token);
    if (place < 0 || seen.isNull()) return {};
    const int column = place % kPatchesASide, row = place / kPatchesASide;
    const int left = seen.width() * column / kPatchesASide, top = seen.height() * row / kPatchesASide;
    return seen.copy(left, top, seen.width() * (column + 1) / kPatchesASide - left,
                     seen.height() * (row + 1) / kPatchesASide - top);
}

void TilesStrip::paintBadge(QPainter& painter, const QRectF& tile, TileKind kind) const
{
    const double side = fontMetrics().height();
    const QRectF rect = kind == TileKind::Image ? QRectF(tile.left() + 2, tile.top() + 2, side * 0.8, side * 0.9)
                                                : QRectF(tile.left() + 4, tile.center().y() - side / 2, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(kind));
    painter.drawRoundedRect(rect, 3, 3);
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 0.85);
    painter.setFont(bold);
    painter.setPen(readableOn(colourOf(kind)));
    painter.drawText(rect, Qt::AlignCenter, badge(kind));
    painter.setFont(font());
}

void TilesStrip::paintTile(QPainter& painter, int token) const
{
    const QRectF tile = tileRect(token);
    const verbs::TextToken& text = tokens()[std::size_t(token)];
    const TileKind kind = kindOf(text);
    painter.setBrush(fillOf(kind));
    painter.setPen(rimOf(kind));
    painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), 4, 4);
    if (const QImage picture = patch(token); !picture.isNull()) painter.drawImage(tile.adjusted(3, 3, -3, -3), picture);
    if (kind != TileKind::Word) paintBadge(painter, tile, kind);
    if (kind != TileKind::Image) {
        const QRectF word = tile.adjusted(kind == TileKind::Word ? 3 : fontMetrics().height() + 7, 0, -3, 0);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(
            word, Qt::AlignCenter,
            fontMetrics().elidedText(QString::fromStdString(text.piece), Qt::ElideRight, int(word.width()) + 1));
    }
    if (token != query()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(kMark), 2.5));
    painter.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 5, 5);
}

void TilesStrip::paintBar(QPainter& painter, int token) const
{
    const QRectF bar = barRect(token), tile = tileRect(token);
    if (!valueOf(token)) return;
    painter.fillRect(bar, QColor(*valueOf(token) < 0 ? kNegative : kPositive));
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawLine(QPointF(tile.left(), tile.bottom() + 3), QPointF(tile.right(), tile.bottom() + 3));
    if (token != strongest()) return;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(tile.left() - 10, bar.bottom() + 1, tile.width() + 20, fontMetrics().height()),
                     Qt::AlignHCenter | Qt::AlignTop, fixedNumber(double(*valueOf(token)), 2));
}

void TilesStrip::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false); // patches are small, smoothing blurs them
    for (int i = 0; i < int(tokens().size()); ++i) {
        const QRectF tile = tileRect(i);
        if (!tile.adjusted(-12, -4, 12, lineStep() - tileHeight()).intersects(event->rect())) continue;
        paintTile(painter, i);
        paintBar(painter, i);
    }
    paintFocus(painter, *this);
}

} // namespace headlens
