// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_magnifier.h"

#include "widgets/heads/grid_paint.h"
#include "widgets/heads/head_ablation.h"
#include "widgets/heads/head_words.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

constexpr int kPadding = 8, kSpace = 4;
constexpr int kLargestMap = 200, kLeastMap = 64; // pixels a side
constexpr int kStep = 8;

} // namespace

QRect magnifierRect(const QRect& pane, const QRect& cell, const QSize& wanted, const QSize& least)
{
    const QRect inside = pane.adjusted(kSpace, kSpace, -kSpace, -kSpace);
    const QRect away = cell.adjusted(-kSpace, -kSpace, kSpace, kSpace);
    for (QSize size = wanted; size.width() >= least.width() && size.height() >= least.height();
         size -= QSize(kStep, kStep)) {
        std::array<QRect, 4> corners;
        corners.fill(QRect(QPoint(), size));
        corners[0].moveBottomRight(inside.bottomRight());
        corners[1].moveBottomLeft(inside.bottomLeft());
        corners[2].moveTopRight(inside.topRight());
        corners[3].moveTopLeft(inside.topLeft());
        const auto farther = [&](const QRect& one, const QRect& other) {
            return (one.center() - cell.center()).manhattanLength() <
                   (other.center() - cell.center()).manhattanLength();
        };
        const QRect& best = *std::ranges::max_element(corners, farther);
        if (inside.contains(best) && !best.intersects(away)) return best;
    }
    return {};
}

HeadMagnifier::HeadMagnifier(const InspectionModel* model, const DisplaySettings* display, const HeadOrder* order,
                             QWidget* parent)
    : QWidget(parent), m_model(model), m_display(display), m_order(order)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    constexpr int kWaitMilliseconds = 150;
    m_wait.setSingleShot(true);
    m_wait.setInterval(kWaitMilliseconds);
    connect(&m_wait, &QTimer::timeout, this, &HeadMagnifier::comeUp);
    connect(model->rows(), &LiveRows::changed, this, [this] { update(); });
    connect(display, &DisplaySettings::changed, this, [this] { update(); });
}

void HeadMagnifier::setOn(bool on)
{
    m_isOn = on;
    if (!on) lookAway();
}

void HeadMagnifier::lookAt(const HeadPlace& place, const QRect& cell, const QRect& pane)
{
    if (!m_isOn) return;
    m_place = place;
    m_cell = cell;
    m_pane = pane;
    if (isVisible()) return comeUp();
    if (!m_wait.isActive()) m_wait.start();
}

void HeadMagnifier::lookAway()
{
    m_wait.stop();
    m_place = {-1, 0};
    hide();
}

void HeadMagnifier::comeUp()
{
    const QRect where = magnifierRect(m_pane, m_cell, sizeOf(kLargestMap), sizeOf(kLeastMap));
    setVisible(!where.isEmpty());
    if (where.isEmpty()) return;
    setGeometry(where);
    raise();
    update();
}

QStringList HeadMagnifier::lines() const
{
    return QStringList{headName(*m_model, m_place)} + headFacts(*m_model, *m_order, m_place) +
           QStringList{isAblated(*m_model, m_place) ? tr("X turns it on again") : tr("X turns it off")};
}

QSize HeadMagnifier::sizeOf(int map) const
{
    const QFontMetrics metrics(smallFont(font()));
    const int width = map + 2 * kPadding;
    int text = 0;
    for (const QString& line : lines())
        text += metrics.boundingRect(QRect(0, 0, map, 1000), Qt::TextWordWrap, line).height();
    return {width, map + text + 3 * kPadding};
}

void HeadMagnifier::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int side = width() - 2 * kPadding;
    int y = height() - kPadding;
    QFont bold = smallFont(font());
    painter.setPen(palette().color(QPalette::Text));
    const QStringList texts = lines();
    for (qsizetype i = texts.size(); i-- > 0;) { // from below: the map takes what is left
        bold.setBold(i == 0);
        painter.setFont(bold);
        const QRect room(kPadding, 0, side, y);
        const int lineHeight = painter.boundingRect(room, Qt::TextWordWrap, texts[i]).height();
        y -= lineHeight;
        painter.drawText(QRect(kPadding, y, side, lineHeight), Qt::TextWordWrap, texts[i]);
    }
    const QRect room(kPadding, kPadding, side, std::max(1, y - 2 * kPadding));
    const LayerPaint layer = layerPaintOf(*m_model, *m_display, m_place.layer);
    if (layer.isReached && isUnchanged(*m_model, m_place)) return paintUnchanged(painter, room, palette());
    const QImage image = headImage(*m_model, m_place, layer);
    const QSizeF shape = image.isNull() || layer.isRow ? QSizeF(room.size()) : QSizeF(image.size());
    QRectF map(QPointF(), shape.scaled(room.size(), Qt::KeepAspectRatio));
    map.moveCenter(QRectF(room).center());
    if (image.isNull() || image.hasAlphaChannel())
        painter.drawPixmap(map.topLeft(), hatch(map.size().toSize(), palette(), devicePixelRatioF()));
    if (!image.isNull()) painter.drawImage(map, image);
    markQuery(painter, map);
}

// Where the query stands in its own map: which way the head looks is seen only beside it.
void HeadMagnifier::markQuery(QPainter& painter, const QRectF& map) const
{
    const TokenLayout& layout = m_model->rows()->namesOf(m_place.layer);
    const int query = layout.parentToken(m_model->rows()->of().token);
    if (layout.gridWidth == 0 || !layout.isPatch(query)) return;
    const QRectF cell = layout.rectOf(query, map);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 3));
    painter.drawRect(cell);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawRect(cell);
}

} // namespace headlens
