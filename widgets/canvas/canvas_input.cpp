// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_input.h"

#include "widgets/canvas/canvas.h"
#include "widgets/canvas/canvas_brush.h"

#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>

#include <cmath>

namespace headlens {

CanvasInput::CanvasInput(Canvas* canvas, const InspectionModel* model, TokenChoice* tokens)
    : QObject(canvas), m_canvas(canvas), m_model(model), m_tokens(tokens), m_brush(canvas->brush())
{
    canvas->installEventFilter(this);
    connect(m_brush, &CanvasBrush::changed, this, [this] {
        const bool strokes = m_state == State::Paints || m_state == State::Erases;
        if (strokes) m_state = State::Hovers; // one stroke, one kind
        m_brush->isOn() ? m_canvas->setCursor(Qt::CrossCursor) : m_canvas->unsetCursor();
    });
}

bool CanvasInput::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove: move(static_cast<QMouseEvent*>(event)->position()); return true;
    case QEvent::MouseButtonPress: press(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseButtonRelease: rest(); return true;
    case QEvent::MouseButtonDblClick: doubleClick(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::Wheel: {
        constexpr double kPerNotch = 1.2, kUnitsPerNotch = 120;
        const auto* wheel = static_cast<QWheelEvent*>(event);
        Q_EMIT zoomed(wheel->position(), std::pow(kPerNotch, wheel->angleDelta().y() / kUnitsPerNotch));
        return true;
    }
    case QEvent::NativeGesture: {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() != Qt::ZoomNativeGesture) return false;
        Q_EMIT zoomed(gesture->position(), 1 + gesture->value());
        return true;
    }
    case QEvent::Leave: m_tokens->hover({m_model->rows()->pictureStream(), -1}); return false;
    case QEvent::KeyPress: return pressKey(*static_cast<QKeyEvent*>(event));
    default: return QObject::eventFilter(watched, event);
    }
}

TokenPlace CanvasInput::placeAt(const QPointF& point) const
{
    return {m_model->rows()->pictureStream(), m_canvas->tokenAt(point)};
}

void CanvasInput::move(const QPointF& to)
{
    switch (m_state) {
    case State::Hovers: return m_tokens->hover(placeAt(to));
    case State::Drags: Q_EMIT panned(to - m_last); break;
    case State::Paints:
    case State::Erases: stroke(to); break;
    }
    m_last = to;
}

void CanvasInput::press(const QMouseEvent& event)
{
    const bool drags = event.button() == Qt::MiddleButton ||
                       (event.button() == Qt::LeftButton && event.modifiers() & Qt::ShiftModifier);
    if (drags) {
        m_state = State::Drags;
        m_last = event.position();
        m_canvas->setCursor(Qt::ClosedHandCursor);
    } else if (beginStroke(event)) {
        return;
    } else if (event.button() == Qt::LeftButton) {
        m_pinBefore = m_tokens->isPinned() ? std::optional(m_tokens->query()) : std::nullopt;
        m_tokens->pin(placeAt(event.position()));
    }
}

void CanvasInput::rest()
{
    m_state = State::Hovers;
    m_brush->isOn() ? m_canvas->setCursor(Qt::CrossCursor) : m_canvas->unsetCursor();
}

// Resets the zoom; what its first click pinned or let go is as it was.
void CanvasInput::doubleClick(const QMouseEvent& event)
{
    const bool isPress = event.button() != Qt::LeftButton || event.modifiers() & Qt::ShiftModifier;
    if (isPress || m_brush->isOn()) return press(event);
    const bool isThere = m_tokens->isPinned() && m_pinBefore == m_tokens->query();
    if (!m_pinBefore) m_tokens->unpin();
    if (m_pinBefore && !isThere) m_tokens->pin(*m_pinBefore);
    Q_EMIT zoomedOut();
}

bool CanvasInput::beginStroke(const QMouseEvent& event)
{
    const bool erases = event.button() == Qt::RightButton;
    if (!m_brush->isOn() || (!erases && event.button() != Qt::LeftButton)) return false;
    m_state = erases ? State::Erases : State::Paints;
    m_last = event.position();
    stroke(event.position());
    return true;
}

// From the last point on: a fast mouse leaves no gaps.
void CanvasInput::stroke(const QPointF& to)
{
    constexpr double kStep = 4; // pixels
    const QPointF way = to - m_last;
    const int steps = 1 + int(way.manhattanLength() / kStep);
    const CanvasScene scene = m_canvas->scene();
    QPoint last(-1, -1);
    for (int i = 1; i <= steps; ++i) {
        const QPoint patch = scene.patchAt(m_last + way * i / steps);
        if (patch.x() >= 0 && patch != last) m_brush->paint(patch.x(), patch.y(), m_state == State::Erases);
        last = patch;
    }
}

void CanvasInput::paintQuery()
{
    const TokenLayout& picture = m_model->rows()->queryLayout();
    const TokenPlace& at = m_tokens->other().token >= 0 ? m_tokens->other() : m_tokens->query();
    if (at.stream != m_model->rows()->pictureStream() || !picture.isPatch(at.token)) return;
    const CanvasScene scene = m_canvas->scene();
    const QPoint patch = scene.patchAt(scene.rectOf(at.token).center());
    if (patch.x() >= 0) m_brush->paint(patch.x(), patch.y(), m_brush->isPainted(patch.x(), patch.y()));
}

// The arrows move the query; once it is pinned, the token whose weight is read.
void CanvasInput::step(int dx, int dy)
{
    const TokenLayout& layout = m_model->rows()->queryLayout();
    const bool isRead = m_tokens->isPinned();
    const bool hasOther = m_tokens->other().token >= 0 && m_tokens->other().stream == m_model->rows()->pictureStream();
    const int from = isRead && hasOther ? m_tokens->other().token : m_tokens->query().token;
    const int to = layout.middle(layout.moved(layout.parentToken(from), dx, dy));
    if (isRead)
        m_tokens->hover({m_model->rows()->pictureStream(), to});
    else
        m_tokens->setToken(to);
}

bool CanvasInput::pressKey(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Left: step(-1, 0); return true;
    case Qt::Key_Right: step(1, 0); return true;
    case Qt::Key_Up: step(0, -1); return true;
    case Qt::Key_Down: step(0, 1); return true;
    case Qt::Key_Escape: m_brush->isOn() ? m_brush->setKind({}) : m_tokens->unpin(); return true;
    case Qt::Key_Space:
        if (!m_brush->isOn()) return false;
        paintQuery();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: m_tokens->pinLookedAt(); return true;
    default: return false;
    }
}

} // namespace headlens
