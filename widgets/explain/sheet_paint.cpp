// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sheet_paint.h"

#include "widgets/explain/explain_words.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/method_text.h"

#include <QCoreApplication>
#include <QPainter>
#include <QWidget>

namespace headlens {
namespace {

struct Sheet { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::SheetGrid)
};

using State = SheetTile::State;

// Where the number stands: what it is, or that it comes.
QString numberOf(const SheetTile& tile)
{
    if (tile.judged) return areaText(tile.judged->deletionArea);
    return tile.state == State::Judging ? QStringLiteral("\u2026") : QString();
}

QString wordsOf(const SheetTile& tile)
{
    switch (tile.state) {
    case State::Waiting: return Sheet::tr("Waiting");
    case State::Computing: return Sheet::tr("Computing\u2026\nClick to stop");
    case State::Dear:
        return tile.cost && tile.cost->seconds > 0
                   ? Sheet::tr("Takes about %1.\nClick to compute it").arg(secondsText(tile.cost->seconds))
                   : Sheet::tr("Stopped.\nClick to compute it");
    case State::Failed: return tile.why;
    case State::Shown:
    case State::Judging:
    case State::Judged: break;
    }
    return {};
}

void paintHeading(QPainter& painter, const QRectF& line, const SheetTile& tile, const TileLook& look, const QWidget& on)
{
    const QString number = numberOf(tile);
    const QPalette& colours = on.palette();
    painter.setFont(tabular(on.font()));
    const double wide = number.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(number) + kTight;
    painter.setPen(colours.color(QPalette::PlaceholderText));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    QFont font = on.font();
    font.setBold(look.isChosen);
    painter.setFont(font);
    painter.setPen(colours.color(QPalette::Text));
    const QRectF room = line.adjusted(0, 0, -wide, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(look.title, Qt::ElideRight, int(room.width())));
}

void paintMap(QPainter& painter, const QRectF& area, const FloatArray& map, const Display& display)
{
    const ValueScale scale = display.scaleTo(1);
    int width = map.columns(), height = map.rows();
    std::span<const float> values = map.values;
    SmoothMap fine;
    if (display.smooth) {
        fine = smoothMap(values, width, height, {});
        values = fine.values;
        width = fine.width;
        height = fine.height;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, display.smooth);
    painter.drawImage(area, overlayImage(values, width, height, scale, display.colors(), display.opacity));
}

// A band at the foot of the picture, on its own ground.
void paintRemark(QPainter& painter, const QRectF& area, const QString& remark, const QWidget& on)
{
    const QFontMetrics metrics = painter.fontMetrics();
    QRectF band = area;
    band.setTop(band.bottom() - metrics.height() - kTight);
    painter.fillRect(band, on.palette().color(QPalette::Base));
    painter.setPen(on.palette().color(QPalette::Text));
    const QRectF room = band.adjusted(kTight, 0, -kTight, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(QStringLiteral("! ") + remark, Qt::ElideRight, int(room.width())));
}

void paintWords(QPainter& painter, const QRectF& area, const QString& words, const QWidget& on)
{
    painter.fillRect(area, on.palette().color(QPalette::AlternateBase));
    painter.setPen(on.palette().color(QPalette::Text));
    painter.drawText(area.adjusted(kGap, kGap, -kGap, -kGap), Qt::AlignCenter | Qt::TextWordWrap, words);
}

} // namespace

void paintTile(QPainter& painter, const SheetLayout::Cell& cell, const SheetTile& tile, const TileLook& look,
               const QPixmap& photograph, const Display& display, const QWidget& on)
{
    painter.setOpacity(look.isLifted ? 0.5 : 1);
    paintHeading(painter, cell.heading, tile, look, on);
    painter.setFont(on.font());
    if (tile.hasMap()) {
        painter.drawPixmap(cell.picture.topLeft(), photograph);
        const QRectF& all = cell.picture;
        const QRectF patches(all.left() + look.grid.left() * all.width(), all.top() + look.grid.top() * all.height(),
                             look.grid.width() * all.width(), look.grid.height() * all.height());
        painter.setClipRect(all);
        paintMap(painter, patches, tile.display, display);
        painter.setClipping(false);
        const QString remark = tile.remark.isEmpty() ? tile.why : methodText(tile.remark.toStdString());
        if (!remark.isEmpty()) paintRemark(painter, cell.picture, remark, on);
    } else {
        paintWords(painter, cell.picture, wordsOf(tile), on);
    }
    painter.setBrush(Qt::NoBrush);
    const QColor accent = on.palette().color(QPalette::Highlight);
    if (look.isChosen) {
        painter.setPen(QPen(accent, kFocusWidth));
        painter.drawRect(cell.picture.adjusted(1, 1, -1, -1));
    }
    if (look.isCurrent) {
        painter.setPen(QPen(on.palette().color(QPalette::Text), 1, Qt::DotLine));
        painter.drawRect(cell.whole().adjusted(-3, -1, 3, 3));
    }
    painter.setOpacity(1);
}

} // namespace headlens
