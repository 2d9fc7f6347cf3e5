// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tile_paint.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/heat_image.h"

#include <QPainter>

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

// A breath of its colour on the ground, so that text stays readable in light and dark.
QColor fillOf(TileKind kind, const QPalette& palette)
{
    const QColor ground = palette.color(QPalette::Base), own = colourOf(kind);
    if (kind == TileKind::Word) return ground;
    const auto mix = [](int a, int b) { return (3 * a + b) / 4; };
    return {mix(ground.red(), own.red()), mix(ground.green(), own.green()), mix(ground.blue(), own.blue())};
}

QPen rimOf(TileKind kind, const QPalette& palette)
{
    switch (kind) {
    case TileKind::Image: return {colourOf(kind), 2, Qt::SolidLine};
    case TileKind::State: return {colourOf(kind), 2, Qt::DashLine};
    case TileKind::Object: return {colourOf(kind), 2, Qt::DotLine};
    case TileKind::Word: break;
    }
    return {palette.color(QPalette::PlaceholderText), 1};
}

void paintBadge(QPainter& painter, const TilePicture& picture)
{
    const QFont font = painter.font();
    const double side = painter.fontMetrics().height();
    const QRectF& tile = picture.tile;
    const QRectF rect = picture.kind == TileKind::Image
                            ? QRectF(tile.left() + 2, tile.top() + 2, side * 0.8, side * 0.9)
                            : QRectF(tile.left() + 4, tile.center().y() - side / 2, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(picture.kind));
    painter.drawRoundedRect(rect, 3, 3);
    QFont bold = font;
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 0.85);
    painter.setFont(bold);
    painter.setPen(readableOn(colourOf(picture.kind)));
    painter.drawText(rect, Qt::AlignCenter, picture.badge);
    painter.setFont(font);
}

void paintWord(QPainter& painter, const TilePicture& picture, const QPalette& palette)
{
    const double left = picture.kind == TileKind::Word ? 3 : painter.fontMetrics().height() + 7;
    const QRectF place = picture.tile.adjusted(left, 0, -3, 0);
    painter.setPen(palette.color(QPalette::Text));
    painter.drawText(place, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(picture.word, Qt::ElideRight, int(place.width()) + 1));
}

void paintBar(QPainter& painter, const TilePicture& picture, const QPalette& palette)
{
    if (!picture.value) return;
    const QRectF &bar = picture.bar, &tile = picture.tile;
    painter.fillRect(bar, QColor(*picture.value < 0 ? kNegative : kPositive));
    painter.setPen(palette.color(QPalette::PlaceholderText));
    painter.drawLine(QPointF(tile.left(), tile.bottom() + 3), QPointF(tile.right(), tile.bottom() + 3));
    if (!picture.isStrongest) return;
    painter.setPen(palette.color(QPalette::WindowText));
    painter.drawText(QRectF(tile.left() - 10, bar.bottom() + 1, tile.width() + 20, painter.fontMetrics().height()),
                     Qt::AlignHCenter | Qt::AlignTop, fixedNumber(double(*picture.value), 2));
}

} // namespace

void paintTile(QPainter& painter, const TilePicture& picture, const QPalette& palette)
{
    const QRectF& tile = picture.tile;
    painter.setBrush(fillOf(picture.kind, palette));
    painter.setPen(rimOf(picture.kind, palette));
    painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), 4, 4);
    if (!picture.patch.isNull()) painter.drawImage(tile.adjusted(3, 3, -3, -3), picture.patch);
    if (picture.kind != TileKind::Word) paintBadge(painter, picture);
    if (picture.kind != TileKind::Image) paintWord(painter, picture, palette);
    if (picture.isQuery) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(kMark), 2.5));
        painter.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 5, 5);
    }
    paintBar(painter, picture, palette);
}

} // namespace headlens
