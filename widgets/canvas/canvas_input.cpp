// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys of the canvas, and its brush.
#include "widgets/canvas/canvas.h"

#include "widgets/canvas/canvas_brush.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace headlens {

void Canvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        m_view.pan(event->position() - m_dragFrom);
        m_dragFrom = event->position();
        return tellZoom();
    }
    if (m_stroke != Stroke::None) return stroke(event->position());
    m_tokens->hover({m_model->run().pictureStream(), tokenAt(event->position())});
}

bool Canvas::beginStroke(const QMouseEvent& event)
{
    const bool erases = event.button() == Qt::RightButton;
    if (!m_brush->isOn() || (!erases && event.button() != Qt::LeftButton)) return false;
    m_stroke = erases ? Stroke::Erases : Stroke::Paints;
    m_dragFrom = event.position();
    stroke(event.position());
    return true;
}

// A fast mouse leaves no gaps.
void Canvas::stroke(const QPointF& to)
{
    constexpr double kStep = 4; // pixels
    const QPointF way = to - m_dragFrom;
    const int steps = 1 + int(way.manhattanLength() / kStep);
    QPoint last(-1, -1);
    for (int i = 1; i <= steps; ++i) {
        const QPoint patch = patchAt(m_dragFrom + way * i / steps);
        if (patch.x() >= 0 && patch != last) m_brush->paint(patch.x(), patch.y(), m_stroke == Stroke::Erases);
        last = patch;
    }
    m_dragFrom = to;
}

QPoint Canvas::patchAt(const QPointF& point) const
{
    const TokenLayout* picture = m_model->run().pictureOf();
    if (picture == nullptr) return {-1, -1};
    const CanvasScene now = scene();
    const int token = picture->tokenAt(now.view.toPicture(point), now.gridInPicture(*picture));
    return picture->isPatch(token) ? picture->cell(token) : QPoint(-1, -1);
}

void Canvas::paintQuery()
{
    const TokenLayout* picture = m_model->run().pictureOf();
    const TokenPlace& at = m_tokens->other().token >= 0 ? m_tokens->other() : m_tokens->query();
    if (picture == nullptr || at.stream != m_model->run().pictureStream() || !picture->isPatch(at.token)) return;
    const QPoint patch = picture->cell(at.token);
    m_brush->paint(patch.x(), patch.y(), m_brush->isPainted(patch.x(), patch.y()));
}

void Canvas::mousePressEvent(QMouseEvent* event)
{
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier);
    if (pans) {
        m_dragging = true;
        m_dragFrom = event->position();
        setCursor(Qt::ClosedHandCursor);
    } else if (beginStroke(*event)) {
        return;
    } else if (event->button() == Qt::LeftButton) {
        m_pinBefore = m_tokens->isPinned() ? std::optional(m_tokens->query()) : std::nullopt;
        m_tokens->pin({m_model->run().pictureStream(), tokenAt(event->position())});
    }
}

void Canvas::mouseReleaseEvent(QMouseEvent*)
{
    m_dragging = false;
    m_stroke = Stroke::None;
    m_brush->isOn() ? setCursor(Qt::CrossCursor) : unsetCursor();
}

// Resets the zoom; what its first click pinned or let go is as it was.
void Canvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const bool isPress = event->button() != Qt::LeftButton || event->modifiers() & Qt::ShiftModifier;
    if (isPress || m_brush->isOn()) return mousePressEvent(event);
    const bool isThere = m_tokens->isPinned() && m_pinBefore == m_tokens->query();
    if (!m_pinBefore) m_tokens->unpin();
    if (m_pinBefore && !isThere) m_tokens->pin(*m_pinBefore);
    fitToWindow();
}

void Canvas::wheelEvent(QWheelEvent* event)
{
    constexpr double kPerNotch = 1.2, kUnitsPerNotch = 120;
    m_view.zoomAt(event->position(), std::pow(kPerNotch, event->angleDelta().y() / kUnitsPerNotch));
    tellZoom();
}

void Canvas::leaveEvent(QEvent*)
{
    m_tokens->hover({m_model->run().pictureStream(), -1});
}

// The arrows move the query; once it is pinned, the token whose weight is read.
void Canvas::step(int dx, int dy)
{
    const TokenLayout& layout = m_model->rows()->queryLayout();
    const bool isRead = m_tokens->isPinned();
    const bool hasOther = m_tokens->other().token >= 0 && m_tokens->other().stream == m_model->run().pictureStream();
    const int from = isRead && hasOther ? m_tokens->other().token : m_tokens->query().token;
    const int to = layout.middle(layout.moved(layout.parentToken(from), dx, dy));
    if (isRead)
        m_tokens->hover({m_model->run().pictureStream(), to});
    else
        m_tokens->setToken(to);
}

void Canvas::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return step(-1, 0);
    case Qt::Key_Right: return step(1, 0);
    case Qt::Key_Up: return step(0, -1);
    case Qt::Key_Down: return step(0, 1);
    case Qt::Key_Escape: return m_brush->isOn() ? m_brush->setKind({}) : m_tokens->unpin();
    case Qt::Key_Space:
        if (m_brush->isOn()) return paintQuery();
        return QWidget::keyPressEvent(event);
    case Qt::Key_Return:
    case Qt::Key_Enter: return m_tokens->pinLookedAt();
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace headlens
