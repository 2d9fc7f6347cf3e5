// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/grid_paint.h"

#include "widgets/heads/head_order.h"
#include "widgets/heads/head_words.h"
#include "widgets/viewmodel/emphasis.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/interventions.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kAround = 4; // pixels that an outline needs outside of its cell

QColor faded(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

class GridPainter {
public:
    GridPainter(QPainter& painter, const GridScene& scene, const QRectF& dirty)
        : m_painter(painter), m_in(scene), m_dirty(dirty), m_layers(scene.model.input().blocks.size())
    {
    }
    void paintNumbers();
    void paintHeadings();
    void paintCells();
    void paintOutlines();
    void paintFused();

private:
    const LayerPaint& layer(int layer);
    void paintCell(const HeadLayout::Cell& cell);
    void paintCaption(const HeadLayout::Cell& cell);
    void paintCross(const QRectF& rect);
    void paintChange(const QRectF& rect, const HeadChange& change);
    void outline(const QRectF& rect, const QPen& pen);
    bool isDirty(const QRectF& rect) const
    {
        return m_dirty.intersects(rect.adjusted(-kAround, -kAround, kAround, kAround));
    }
    QColor text(float alpha = 1) const { return faded(m_in.palette.color(QPalette::Text), alpha); }
    QColor accent() const { return m_in.palette.color(QPalette::Highlight); }

    QPainter& m_painter;
    const GridScene& m_in;
    QRectF m_dirty;
    std::vector<std::optional<LayerPaint>> m_layers; // those that were met
    const LayerPaint* m_before = nullptr;
};

constexpr float kQuiet = 0.7F; // numbers beside the maps

void GridPainter::paintNumbers()
{
    m_painter.setFont(m_in.small);
    m_painter.setPen(text(kQuiet));
    const HeadLayout& layout = m_in.layout;
    const double wide = QFontMetricsF(m_in.small).horizontalAdvance(QStringLiteral("00"));
    for (std::size_t column = 0; column < layout.columnHeads.size() && layout.cell.width() >= wide; ++column) {
        if (column >= layout.cells.size()) break;
        const QRectF above(layout.cells[column].rect.left(), 0, layout.cell.width(), layout.cells[column].rect.top());
        m_painter.drawText(above, Qt::AlignCenter, QString::number(layout.columnHeads[column]));
    }
    for (const HeadLayout::Label& label : layout.labels)
        if (isDirty(label.rect))
            m_painter.drawText(label.rect.adjusted(0, 0, -kCellGap, 0), Qt::AlignRight | Qt::AlignVCenter,
                               layersLabel(label.layers));
}

void GridPainter::paintHeadings()
{
    constexpr double kLeft = 8, kArrow = 8;
    for (const HeadLayout::Heading& heading : m_in.layout.headings) {
        if (!isDirty(heading.rect)) continue;
        const auto section = std::size_t(heading.section);
        const QPointF middle(heading.rect.left() + kLeft + kArrow / 2, heading.rect.center().y());
        constexpr double kHalf = 3;
        const QPolygonF folded(
            {middle + QPointF(-kHalf, -kHalf - 1), middle + QPointF(kHalf, 0), middle + QPointF(-kHalf, kHalf + 1)}),
            open({middle + QPointF(-kHalf - 1, -kHalf), middle + QPointF(kHalf + 1, -kHalf),
                  middle + QPointF(0, kHalf)});
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(text(kQuiet));
        m_painter.drawPolygon(m_in.folded[section] ? folded : open);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(text());
        const QRectF rest = heading.rect.adjusted(kLeft + kArrow + kLeft / 2, 0, -kLeft, 0);
        const QFontMetricsF metrics(m_in.small);
        m_painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                           metrics.elidedText(m_in.sections[section].title(), Qt::ElideRight, rest.width()));
        if (heading.section == m_in.focusedHeading) outline(heading.rect.adjusted(3, 2, -3, -2), QPen(accent(), 2));
    }
}

const LayerPaint& GridPainter::layer(int layer)
{
    std::optional<LayerPaint>& paint = m_layers[std::size_t(layer)];
    if (!paint) {
        paint = layerPaintOf(m_in.model, m_in.settings, layer, m_before);
        m_before = &*paint;
    }
    return *paint;
}

void GridPainter::paintCells()
{
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    for (const HeadLayout::Cell& cell : m_in.layout.cells) {
        const QRectF all = cell.rect.adjusted(0, 0, 0, m_in.layout.caption);
        if (!isDirty(all) || std::size_t(cell.place.layer) >= m_layers.size()) continue;
        paintCell(cell);
        if (m_in.layout.caption > 0) paintCaption(cell);
        if (m_in.emphasis.isOn() && !m_in.emphasis.includes(cell.place.layer, cell.place.head))
            m_painter.fillRect(all, faded(m_in.palette.color(QPalette::Base), float(m_in.veil)));
    }
}

void GridPainter::paintCell(const HeadLayout::Cell& cell)
{
    const LayerPaint& paint = layer(cell.place.layer);
    const bool isSame = paint.isReached && isUnchanged(m_in.model, cell.place);
    const QImage image = isSame ? QImage() : headImage(m_in.model, cell.place, paint);
    m_painter.setFont(m_in.small);
    if (isSame)
        paintUnchanged(m_painter, cell.rect, m_in.palette);
    else if (image.isNull() || image.hasAlphaChannel())
        m_painter.drawPixmap(cell.rect, m_in.hatched,
                             QRectF(QPointF(), cell.rect.size() * m_in.hatched.devicePixelRatio()));
    if (!image.isNull()) m_painter.drawImage(cell.rect, image);
    if (const HeadChange change = changeOfHead(m_in.model.request(), cell.place); !change.isAsTrained())
        paintChange(cell.rect, change);
}

// A head that is off is crossed out; one that is scaled has a triangle in its corner, one that says its mean a bar, and
// where there is room what it is.
void GridPainter::paintChange(const QRectF& rect, const HeadChange& change)
{
    if (change.factor == 0) return paintCross(rect);
    const double side = std::min(10.0, rect.width() / 2);
    const QPointF corner = rect.topRight();
    m_painter.setPen(QPen(QColor(0, 0, 0, 150), 1)); // on a map, whatever its colours
    m_painter.setBrush(QColor(255, 90, 60));
    if (change.isMean)
        m_painter.drawRect(QRectF(rect.left(), rect.top(), rect.width(), side / 2));
    else
        m_painter.drawPolygon(QPolygonF({corner, corner - QPointF(side, 0), corner + QPointF(0, side)}));
    m_painter.setBrush(Qt::NoBrush);
    const QString words = change.factor == 1 ? QString() : QStringLiteral("\u00D7%1").arg(change.factor, 0, 'g', 3);
    const QFontMetricsF metrics(m_in.small);
    const QSizeF size(metrics.horizontalAdvance(words) + 4, metrics.height());
    if (words.isEmpty() || size.width() > rect.width() || size.height() > rect.height() / 2) return;
    const QRectF label(rect.bottomLeft() - QPointF(0, size.height()), size);
    m_painter.fillRect(label, faded(m_in.palette.color(QPalette::Base), 0.85F));
    m_painter.setPen(text());
    m_painter.drawText(label, Qt::AlignCenter, words);
}

void GridPainter::paintCross(const QRectF& rect)
{
    m_painter.setPen(QPen(QColor(255, 90, 60), 2)); // on a map, whatever its colours
    m_painter.drawLine(rect.topLeft(), rect.bottomRight());
    m_painter.drawLine(rect.bottomLeft(), rect.topRight());
}

void GridPainter::paintCaption(const HeadLayout::Cell& cell)
{
    const HeadLayout& layout = m_in.layout;
    const QString name = QStringLiteral("%1.%2").arg(cell.place.layer).arg(cell.place.head);
    const QString value = m_in.order.valueText(cell.value);
    const QRectF below(cell.rect.left(), cell.rect.bottom(), cell.rect.width(), layout.caption);
    m_painter.setFont(m_in.small);
    m_painter.setPen(text(kQuiet));
    const double half = layout.captionIsOneLine ? 0 : below.height() / 2;
    const int across = layout.captionIsOneLine ? int(Qt::AlignLeft) : int(Qt::AlignHCenter);
    m_painter.drawText(below.adjusted(0, 0, 0, -half), across | Qt::AlignVCenter | Qt::TextDontClip, name);
    m_painter.setPen(text());
    m_painter.drawText(below.adjusted(0, half, 0, 0),
                       (layout.captionIsOneLine ? int(Qt::AlignRight) : across) | Qt::AlignVCenter | Qt::TextDontClip,
                       value);
}

void GridPainter::outline(const QRectF& rect, const QPen& pen)
{
    constexpr double kRadius = 3;
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), kRadius, kRadius);
}

// One frame around a layer that stands together, one around every head where sorting takes them apart.
void GridPainter::paintFused()
{
    const bool together = m_in.order.sort() == HeadSort::Layer;
    QRectF all;
    for (const HeadLayout::Cell& cell : m_in.layout.cells) {
        if (cell.place.layer != m_in.choice.layer()) continue;
        all |= cell.rect;
        if (!together) outline(cell.rect, QPen(accent(), 2, Qt::DashLine));
    }
    if (together && !all.isEmpty()) outline(all, QPen(accent(), 2, Qt::DashLine));
}

void GridPainter::paintOutlines()
{
    if (const HeadLayout::Cell* looked = m_in.lookedCell()) outline(looked->rect, QPen(text(), 1));
    const HeadChoice& choice = m_in.choice;
    if (choice.fusion() != HeadFusion::Single) return paintFused();
    const QList<HeadPlace>& overlaid = choice.overlaid();
    for (int i = int(overlaid.size()); i-- > 0;)
        if (const HeadLayout::Cell* cell = m_in.layout.cellOf(overlaid[i]))
            outline(cell->rect, QPen(overlaid.size() > 1 ? headQColor(i) : accent(), 3));
}

} // namespace

QFont smallFont(const QFont& font)
{
    constexpr double kShare = 0.85, kSmallest = 7;
    QFont small = font;
    small.setPointSizeF(std::max(kSmallest, font.pointSizeF() * kShare));
    return small;
}

void paintGrid(QPainter& painter, const GridScene& scene, const QRectF& dirty)
{
    GridPainter grid(painter, scene, dirty);
    grid.paintNumbers();
    painter.setRenderHint(QPainter::Antialiasing);
    grid.paintHeadings();
    grid.paintCells();
    grid.paintOutlines();
}

} // namespace headlens
