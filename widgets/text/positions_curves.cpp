// SPDX-License-Identifier: GPL-3.0-or-later
// The biases of distances that PositionsView paints as curves, and what its tool tips say.
#include "widgets/text/positions_view.h"

#include "widgets/viewmodel/heat_image.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kColors = 8; // different ones; the heads after them are dashed
constexpr double kSample = 16;

QString number(double value)
{
    return QString::number(value, 'g', 3);
}

} // namespace

QPen PositionsView::penOf(int head) const
{
    const bool chosen = m_heads->heads().contains(head);
    return {headQColor(head), chosen ? 3.0 : 1.0, (head / kColors) % 2 == 0 ? Qt::SolidLine : Qt::DashLine};
}

QRectF PositionsView::legendRect(const QRectF& area, int head) const
{
    const double wide = kSample + 10 + fontMetrics().horizontalAdvance(QStringLiteral("000"));
    const double line = fontMetrics().height();
    const int columns = std::max(1, int(area.width() / wide)), column = head % columns, row = head / columns;
    return {area.left() + column * wide, area.top() + row * line, wide, line};
}

QRectF PositionsView::curvesRect(const QRectF& area) const
{
    const double line = fontMetrics().height();
    const double begin = legendRect(area, std::max(0, m_tables.bias.rows() - 1)).bottom() + 4;
    return {area.left(), begin, area.width(), std::max(20.0, area.bottom() - line - begin)};
}

// Zero in both directions, and where the curves end.
void PositionsView::paintAxes(QPainter& painter, const QRectF& room, float low, float high) const
{
    const int farthest = m_tables.bias.columns() / 2;
    const double line = fontMetrics().height(), zero = room.bottom() - double(-low / (high - low)) * room.height();
    painter.fillRect(room, palette().color(QPalette::Base));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(QPointF(room.center().x(), room.top()), QPointF(room.center().x(), room.bottom()));
    painter.drawLine(QPointF(room.left(), zero), QPointF(room.right(), zero));
    painter.setPen(palette().color(QPalette::Text));
    const QRectF inside = room.adjusted(3, 0, -3, 0), below(room.left(), room.bottom(), room.width(), line);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignTop, number(double(high)));
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignBottom, number(double(low)));
    painter.drawText(below, Qt::AlignLeft, number(-farthest));
    painter.drawText(below, Qt::AlignHCenter, QStringLiteral("0"));
    painter.drawText(below, Qt::AlignRight, number(farthest));
}

void PositionsView::paintCurves(QPainter& painter, const QRectF& area) const
{
    const FloatArray& bias = m_tables.bias;
    const auto [least, most] = std::ranges::minmax_element(bias.values);
    const float low = std::min(0.0F, *least), high = std::max({0.0F, *most, low + 1e-6F});
    const QRectF room = curvesRect(area);
    paintAxes(painter, room, low, high);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int head = 0; head < bias.rows(); ++head) {
        QPolygonF curve;
        for (int i = 0; i < bias.columns(); ++i) {
            const float value = bias.values[std::size_t(head) * std::size_t(bias.columns()) + std::size_t(i)];
            curve << QPointF(room.left() + (i + 0.5) / bias.columns() * room.width(),
                             room.bottom() - double((value - low) / (high - low)) * room.height());
        }
        const QRectF legend = legendRect(area, head);
        painter.setPen(penOf(head));
        painter.drawPolyline(curve);
        painter.drawLine(QPointF(legend.left(), legend.center().y()),
                         QPointF(legend.left() + kSample, legend.center().y()));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(legend.adjusted(kSample + 4, 0, 0, 0), Qt::AlignVCenter, QString::number(head));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QString PositionsView::describe(const Panel& panel, const QPointF& point) const
{
    const FloatArray& grid = gridOf(panel.part);
    const QRectF room = panel.part == Part::Bias ? curvesRect(panel.picture) : panel.picture;
    if (!room.contains(point)) return {};
    const int column = std::min(int((point.x() - room.left()) / room.width() * grid.columns()), grid.columns() - 1);
    const int row = panel.part == Part::Bias
                        ? std::min(m_heads->head(), grid.rows() - 1)
                        : std::min(int((point.y() - room.top()) / room.height() * grid.rows()), grid.rows() - 1);
    const QString value =
        number(double(grid.values[std::size_t(row) * std::size_t(grid.columns()) + std::size_t(column)]));
    const QString first = QString::number(row), second = QString::number(column);
    switch (panel.part) {
    case Part::Table: return tr("Position %1, dimension %2: %3").arg(first, second, value);
    case Part::Similarity: return tr("Positions %1 and %2: cosine %3").arg(first, second, value);
    case Part::Bias: break;
    }
    return tr("Head %1, distance %2: %3 is added to the score")
        .arg(first, QString::number(column - grid.columns() / 2), value);
}

} // namespace headlens
