// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/segment_strip.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/heat_image.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace headlens {

SegmentStrip::SegmentStrip(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(2 * fontMetrics().height() + 24);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    tell();
}

void SegmentStrip::setSegments(const std::vector<int>& lengths, int marked)
{
    const bool other = lengths != m_lengths;
    m_lengths = lengths;
    m_marked = marked;
    if (other) m_after = int(lengths.size());
    tell();
    if (other) Q_EMIT afterChanged(m_after);
}

void SegmentStrip::setAfter(int segmentsRead)
{
    const int after = std::clamp(segmentsRead, 0, segments());
    if (after == m_after) return;
    m_after = after;
    tell();
    Q_EMIT afterChanged(after);
}

QRectF SegmentStrip::segmentRect(int segment) const
{
    const double wide = (width() - 4.0) / std::max(1, segments());
    return QRectF(2 + segment * wide, 4, wide, fontMetrics().height() + 8).adjusted(1, 0, -1, 0);
}

int SegmentStrip::segmentAt(const QPointF& point) const
{
    for (int i = 0; i < segments(); ++i)
        if (point.x() >= segmentRect(i).left() - 1 && point.x() <= segmentRect(i).right() + 1) return i;
    return -1;
}

void SegmentStrip::tell()
{
    setAccessibleName(tr("Segments of the text"));
    QString said = tr("%1 of %2 segments are in the memory.").arg(m_after).arg(segments());
    if (m_marked >= 0) said += QLatin1Char(' ') + tr("The chosen token lies in segment %1.").arg(m_marked + 1);
    setAccessibleDescription(said);
    update();
}

void SegmentStrip::paintSegment(QPainter& painter, int segment) const
{
    const QRectF rect = segmentRect(segment);
    const bool inside = segment < m_after;
    const QColor read = palette().color(QPalette::Highlight), text = palette().color(QPalette::WindowText);
    painter.fillRect(rect, inside ? read : palette().color(QPalette::Base));
    if (!inside) painter.fillRect(rect, hatch(palette()));
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.drawRect(rect);
    const QString count = QString::number(m_lengths[std::size_t(segment)]);
    const double wide = fontMetrics().horizontalAdvance(count) + 4;
    if (wide <= rect.width()) {
        const QRectF plate(rect.center() - QPointF(wide, rect.height() - 4) / 2, QSizeF(wide, rect.height() - 4));
        if (!inside) painter.fillRect(plate, palette().color(QPalette::Base)); // digits over a hatch are hard to read
        painter.setPen(inside ? readableOn(read) : text);
        painter.drawText(rect, Qt::AlignCenter, count);
    }
    if (segment != m_marked) return;
    painter.setBrush(text);
    painter.setPen(Qt::NoPen);
    const QPointF tip(rect.center().x(), rect.bottom() + 2);
    painter.drawPolygon(QPolygonF{tip, tip + QPointF(-4, 6), tip + QPointF(4, 6)});
    painter.setBrush(Qt::NoBrush);
}

void SegmentStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int segment = 0; segment < segments(); ++segment) paintSegment(painter, segment);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRectF below(2, segments() > 0 ? segmentRect(0).bottom() + 8 : 4, width() - 4, fontMetrics().height());
    const QString said = segments() > 0 ? tr("%1 of %2 segments read; ▲ the chosen token").arg(m_after).arg(segments())
                                        : tr("No segments");
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(said, Qt::ElideRight, int(below.width())));
    paintFocus(painter, *this);
}

void SegmentStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    if (const int segment = segmentAt(event->position()); segment >= 0) // a click on the last one read forgets it
        setAfter(segment + 1 == m_after ? segment : segment + 1);
}

void SegmentStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down: return setAfter(m_after - 1);
    case Qt::Key_Right:
    case Qt::Key_Up: return setAfter(m_after + 1);
    case Qt::Key_Home: return setAfter(0);
    case Qt::Key_End: return setAfter(segments());
    default: QWidget::keyPressEvent(event);
    }
}

void SegmentStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

bool SegmentStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int segment = segmentAt(help->pos());
    if (segment >= 0)
        QToolTip::showText(help->globalPos(),
                           tr("Segment %1: %2 tokens").arg(segment + 1).arg(m_lengths[std::size_t(segment)]), this);
    return true;
}

} // namespace headlens
