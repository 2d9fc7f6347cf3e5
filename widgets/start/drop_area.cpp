// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/drop_area.h"

#include <QDragEnterEvent>
#include <QPainter>

namespace headlens {

DropArea::DropArea(QWidget* parent) : QWidget(parent)
{
    setAcceptDrops(true);
}

void DropArea::light(bool lit)
{
    m_isLit = lit;
    update();
}

// A sentence as well, which the rest of the window does not take.
void DropArea::dragEnterEvent(QDragEnterEvent* event)
{
    const QMimeData* held = event->mimeData();
    if (!held->hasUrls() && !held->hasImage() && !held->hasText()) return;
    event->acceptProposedAction();
    light(true);
}

void DropArea::dragLeaveEvent(QDragLeaveEvent*)
{
    light(false);
}

void DropArea::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    light(false);
    Q_EMIT dropped(event->mimeData());
}

void DropArea::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor accent = palette().color(QPalette::Highlight);
    QColor ground = accent, edge = palette().color(QPalette::WindowText);
    constexpr int kFaint = 90, kGlow = 40;
    ground.setAlpha(kGlow);
    edge.setAlpha(kFaint);
    QPen pen(m_isLit ? accent : edge, m_isLit ? 2.5 : 1.5);
    if (!m_isLit) pen.setDashPattern({5, 4});
    painter.setPen(pen);
    painter.setBrush(m_isLit ? ground : palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8);
}

} // namespace headlens
