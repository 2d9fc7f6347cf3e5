// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/memory_map.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/heat_image.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kMargin = 6, kGap = 10;

} // namespace

MemoryMap::MemoryMap(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    tell();
}

void MemoryMap::setMemory(const MemoryState& state, int after, int head)
{
    const auto memory = state.memoryAfter(after, head), normaliser = state.normaliserAfter(after, head);
    m_width = state.width;
    m_memory.assign(memory.begin(), memory.end());
    m_normaliser.assign(normaliser.begin(), normaliser.end());
    m_memory.resize(std::size_t(m_width) * std::size_t(m_width)); // before the first segment all is 0
    m_normaliser.resize(std::size_t(m_width));
    m_highest = state.highestMemory(head);
    m_highestNormaliser = state.highestNormaliser(head);
    m_after = after;
    m_head = head;
    if (m_row >= m_width || m_column >= m_width) m_row = m_column = -1;
    m_image = m_width > 0
                  ? heatImage(m_memory, m_width, m_width, {-m_highest, m_highest, false}, QStringLiteral("difference"))
                  : QImage();
    tell();
}

QRectF MemoryMap::mapRect() const
{
    const double line = fontMetrics().height(), top = 2 * kMargin + line, bars = 0.28;
    const double side = std::min(height() - top - line - 2 * kMargin, (width() - 2 * kMargin - kGap) * (1 - bars));
    return {kMargin, top, std::max(8.0, side), std::max(8.0, side)};
}

QRectF MemoryMap::barsRect() const
{
    const QRectF map = mapRect();
    return {map.right() + kGap, map.top(),
            std::max(8.0, std::min(map.width() / 2, width() - kMargin - map.right() - kGap)), map.height()};
}

void MemoryMap::paintBarsBeside(QPainter& painter) const
{
    const QRectF area = barsRect();
    const double each = area.height() / std::max(1, m_width);
    painter.fillRect(area, palette().color(QPalette::Base));
    for (int i = 0; i < m_width && m_highestNormaliser > 0; ++i)
        painter.fillRect(QRectF(area.left(), area.top() + i * each,
                                area.width() * double(m_normaliser[std::size_t(i)] / m_highestNormaliser),
                                std::max(0.8, each * 0.85)),
                         QColor(kPositive));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(area);
}

void MemoryMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF map = mapRect(), bars = barsRect();
    const double line = fontMetrics().height();
    painter.setPen(palette().color(QPalette::WindowText));
    const auto title = [&](const QRectF& below, const QString& text) {
        const QRectF place(below.left(), kMargin, below.width(), line);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideRight, int(place.width())));
    };
    title(map, tr("M of head %1, up to ±%2").arg(QString::number(m_head), shortNumber(double(m_highest))));
    title(bars, tr("z, up to %1").arg(shortNumber(double(m_highestNormaliser))));
    painter.drawImage(map, m_image);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(map);
    paintBarsBeside(painter);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRectF below(kMargin, map.bottom() + 4, width() - 2 * kMargin, line);
    const QString said = m_row >= 0     ? numbersAt(m_row, m_column)
                         : m_after == 0 ? tr("Empty: no segment has been read")
                                        : tr("Rows: features of keys; columns: of values");
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(said, Qt::ElideRight, int(below.width())));
    if (m_row >= 0) {
        const double cell = map.width() / std::max(1, m_width);
        painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
        painter.drawRect(QRectF(map.left() + m_column * cell, map.top() + m_row * cell, cell, cell));
    }
    paintFocus(painter, *this);
}

QString MemoryMap::numbersAt(int row, int column) const
{
    if (row < 0 || column < 0 || row >= m_width || column >= m_width) return {};
    const auto at = std::size_t(row) * std::size_t(m_width) + std::size_t(column);
    return tr("M[%1,%2] = %3, z[%1] = %4")
        .arg(QString::number(row), QString::number(column), shortNumber(double(m_memory[at])),
             shortNumber(double(m_normaliser[std::size_t(row)])));
}

void MemoryMap::point(int row, int column)
{
    m_row = row < 0 && column < 0 ? -1 : std::clamp(row, 0, std::max(0, m_width - 1));
    m_column = m_row < 0 ? -1 : std::clamp(column, 0, std::max(0, m_width - 1));
    if (m_width < 1) m_row = m_column = -1;
    tell();
}

void MemoryMap::tell()
{
    setAccessibleName(tr("Memory of head %1 after %2 segments").arg(m_head).arg(m_after));
    setAccessibleDescription(m_row >= 0 ? numbersAt(m_row, m_column)
                             : m_after == 0
                                 ? tr("Empty: no segment has been read")
                                 : tr("Largest number of M over all segments %1, of z %2")
                                       .arg(shortNumber(double(m_highest)), shortNumber(double(m_highestNormaliser))));
    update();
}

void MemoryMap::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF map = mapRect();
    if (m_width < 1 || !map.contains(event->position())) return point(-1, -1);
    const double cell = map.width() / m_width;
    point(int((event->position().y() - map.top()) / cell), int((event->position().x() - map.left()) / cell));
}

void MemoryMap::leaveEvent(QEvent*)
{
    point(-1, -1);
}

void MemoryMap::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return point(std::max(0, m_row), std::max(0, m_column - 1));
    case Qt::Key_Right: return point(std::max(0, m_row), m_column + 1);
    case Qt::Key_Up: return point(std::max(0, m_row - 1), std::max(0, m_column));
    case Qt::Key_Down: return point(m_row + 1, std::max(0, m_column));
    case Qt::Key_Escape: return point(-1, -1);
    default: QWidget::keyPressEvent(event);
    }
}

void MemoryMap::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
