// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/gate_dials.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kDialWidth = 62, kDialHeight = 78;
constexpr double kFirstAngle = 225, kSweep = 270; // degrees, counter-clockwise from the right; 0 lies bottom left
constexpr double kPixelsForAll = 120;             // dragged so far a gate goes from 0 to 1
constexpr double kStep = 0.05, kPage = 0.25;

double rounded(double value)
{
    return std::round(std::clamp(value, 0.0, 1.0) * 100) / 100;
}

} // namespace

GateDials::GateDials(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    tell();
}

int GateDials::columnsIn(int width) const
{
    return std::clamp(width / kDialWidth, 1, std::max(1, int(m_dials.size())));
}

int GateDials::heightForWidth(int width) const
{
    const int columns = columnsIn(width);
    return kDialHeight * std::max(1, (int(m_dials.size()) + columns - 1) / columns);
}

QSize GateDials::minimumSizeHint() const
{
    return {2 * kDialWidth, heightForWidth(std::max(width(), 2 * kDialWidth))};
}

QRectF GateDials::dialRect(int head) const
{
    const int columns = columnsIn(width()), column = head % columns, row = head / columns;
    return QRect(column * kDialWidth, row * kDialHeight, kDialWidth, kDialHeight);
}

int GateDials::headAt(const QPointF& point) const
{
    for (int head = 0; head < int(m_dials.size()); ++head)
        if (dialRect(head).contains(point)) return head;
    return -1;
}

void GateDials::setDials(const std::vector<Dial>& dials)
{
    if (dials == m_dials) return;
    const bool count = dials.size() != m_dials.size();
    m_dials = dials;
    if (count) updateGeometry();
    tell();
}

void GateDials::setHead(int head)
{
    if (head == m_head) return;
    m_head = head;
    tell();
}

void GateDials::choose(int head)
{
    head = std::clamp(head, 0, std::max(0, int(m_dials.size()) - 1));
    setHead(head);
    Q_EMIT headChosen(head);
}

void GateDials::turn(int head, double value)
{
    if (head < 0 || head >= int(m_dials.size()) || !m_dials[std::size_t(head)].turns) return;
    Dial& dial = m_dials[std::size_t(head)];
    // The trained value is kept to all its digits; what is turned to has two.
    const double next = value == dial.trained ? value : rounded(value);
    if (next == dial.value) return;
    dial.value = next;
    tell();
    Q_EMIT turned(head, next);
}

void GateDials::tell()
{
    setAccessibleName(tr("Gates of the heads"));
    if (m_head >= 0 && m_head < int(m_dials.size())) {
        const Dial& dial = m_dials[std::size_t(m_head)];
        setAccessibleDescription(
            tr("Head %1: %2 from the memory, the rest from its own segment; as trained %3. Up and "
               "down turn, Delete goes back to the trained value.")
                .arg(QString::number(m_head), fixedNumber(dial.value, 2), fixedNumber(dial.trained, 2)));
    } else {
        setAccessibleDescription(QString());
    }
    update();
}

void GateDials::paintDial(QPainter& painter, int head) const
{
    const Dial& dial = m_dials[std::size_t(head)];
    const QRectF cell = dialRect(head);
    const QRectF ring(cell.center().x() - 22, cell.top() + 7, 44, 44);
    const bool changed = std::abs(dial.value - dial.trained) > 0.004;
    const QColor text = palette().color(QPalette::WindowText);
    const auto arc = [&](const QColor& color, double width, double share) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(ring, int(kFirstAngle * 16), int(-kSweep * share * 16));
    };
    QColor ground = palette().color(QPalette::PlaceholderText);
    ground.setAlpha(90);
    arc(ground, 6, 1);
    arc(QColor(kPositive).lighter(dial.turns ? 110 : 70), 6, dial.value);
    const double at = (kFirstAngle - kSweep * dial.trained) * M_PI / 180; // where training left it
    const QPointF out(std::cos(at), -std::sin(at));
    painter.setPen(QPen(text, 2));
    painter.drawLine(ring.center() + out * 17, ring.center() + out * 27);
    QFont bold = font();
    bold.setBold(head == m_head || changed);
    painter.setFont(bold);
    painter.drawText(ring, Qt::AlignCenter, fixedNumber(dial.value, 2));
    painter.drawText(QRectF(cell.left(), ring.bottom() + 2, cell.width(), QFontMetricsF(bold).height()),
                     Qt::AlignCenter, (changed ? QStringLiteral("● ") : QString()) + tr("head %1").arg(head));
    painter.setFont(font());
    if (head != m_head) return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRoundedRect(cell.adjusted(2, 1, -2, -1), 5, 5);
}

void GateDials::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int head = 0; head < int(m_dials.size()); ++head) paintDial(painter, head);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintFocus(painter, *this);
}

void GateDials::mousePressEvent(QMouseEvent* event)
{
    const int head = headAt(event->position());
    if (head < 0 || event->button() != Qt::LeftButton) return;
    choose(head);
    m_dragged = head;
    m_dragFrom = event->position();
    m_dragValue = m_dials[std::size_t(head)].value;
}

void GateDials::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragged < 0 || !(event->buttons() & Qt::LeftButton)) return;
    const QPointF moved = event->position() - m_dragFrom;
    turn(m_dragged, m_dragValue + (moved.x() - moved.y()) / kPixelsForAll); // up or right: more memory
}

void GateDials::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int head = headAt(event->position());
    m_dragged = -1;
    if (head >= 0) turn(head, m_dials[std::size_t(head)].trained);
}

void GateDials::keyPressEvent(QKeyEvent* event)
{
    if (m_head < 0 || m_head >= int(m_dials.size())) return QWidget::keyPressEvent(event);
    const Dial dial = m_dials[std::size_t(m_head)];
    switch (event->key()) {
    case Qt::Key_Left: return choose(m_head - 1);
    case Qt::Key_Right: return choose(m_head + 1);
    case Qt::Key_Up: return turn(m_head, dial.value + kStep);
    case Qt::Key_Down: return turn(m_head, dial.value - kStep);
    case Qt::Key_PageUp: return turn(m_head, dial.value + kPage);
    case Qt::Key_PageDown: return turn(m_head, dial.value - kPage);
    case Qt::Key_Home: return turn(m_head, 0);
    case Qt::Key_End: return turn(m_head, 1);
    case Qt::Key_Backspace:
    case Qt::Key_Delete: return turn(m_head, dial.trained);
    default: QWidget::keyPressEvent(event);
    }
}

void GateDials::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
