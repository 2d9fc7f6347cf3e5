// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_line.h"

#include "widgets/life2vec/life_paint.h"
#include "widgets/mechanisms/mechanism_paint.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {

LifeLine::LifeLine(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    tell();
}

// A dragged card may change its place in the order; lanes follow it, so that no card jumps.
void LifeLine::setPicture(const LifePicture& picture, const Display& display)
{
    const int from = m_picture.chosen.event, to = picture.chosen.event;
    const bool same = m_lanes.size() == picture.events.size();
    if (m_dragging && same && from >= 0 && to >= 0 && from != to) {
        const auto at = m_lanes.begin();
        if (from < to)
            std::rotate(at + from, at + from + 1, at + to + 1);
        else
            std::rotate(at + to, at + from, at + from + 1);
    }
    m_dragging = m_dragging && same && to >= 0;
    m_picture = picture;
    m_display = display;
    arrange();
    updateGeometry();
    tell();
}

LifeLayout LifeLine::laidOut() const
{
    return {m_picture, m_axis, m_lanes, fontMetrics()};
}

void LifeLine::arrange()
{
    if (m_dragging) return;
    m_axis = laidOut().axisFor(width());
    m_lanes = laidOut().lanesOn(m_axis);
}

int LifeLine::heightForWidth(int width) const
{
    const LifeLayout now = laidOut();
    return now.heightWith(countOf(m_dragging ? m_lanes : now.lanesOn(now.axisFor(width))));
}

void LifeLine::paintEvent(QPaintEvent*)
{
    if (m_picture.events.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLife({painter, laidOut(), m_display, palette(), width()});
    paintFocus(painter, *this);
}

void LifeLine::mousePressEvent(QMouseEvent* event)
{
    const LifePlace place = laidOut().placeAt(event->position());
    if (place.event < 0 || event->button() != Qt::LeftButton) return;
    m_pressed = true;
    m_pressedAt = event->position();
    m_grip = event->position().x() - m_axis.at(m_picture.events[std::size_t(place.event)].month);
    Q_EMIT chosen(place);
}

void LifeLine::mouseMoveEvent(QMouseEvent* event)
{
    const int one = m_picture.chosen.event;
    if (!m_pressed || one < 0 || !m_picture.events[std::size_t(one)].dated) return;
    const double far = std::abs(event->position().x() - m_pressedAt.x());
    m_dragging = m_dragging || far >= QApplication::startDragDistance();
    if (!m_dragging) return;
    const int month = m_axis.monthAt(event->position().x() - m_grip);
    if (month != m_picture.events[std::size_t(one)].month) Q_EMIT moved(one, month);
}

void LifeLine::mouseReleaseEvent(QMouseEvent*)
{
    m_pressed = false;
    if (!std::exchange(m_dragging, false)) return;
    arrange();
    updateGeometry();
    update();
}

void LifeLine::step(int months)
{
    const int one = m_picture.chosen.event;
    if (one >= 0 && m_picture.events[std::size_t(one)].dated)
        Q_EMIT moved(one, m_picture.events[std::size_t(one)].month + months);
}

// One of both is 0.
void LifeLine::chooseNext(int events, int words)
{
    const int count = int(m_picture.events.size());
    if (count == 0) return;
    LifePlace next = m_picture.chosen;
    if (next.event < 0) return Q_EMIT chosen({0, -1});
    next.event = std::clamp(next.event + events, 0, count - 1);
    const int last = int(m_picture.events[std::size_t(next.event)].words.size()) - 1;
    next.slot = std::clamp(next.slot + words, -1, last);
    Q_EMIT chosen(next);
}

void LifeLine::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() & Qt::ControlModifier, shift = event->modifiers() & Qt::ShiftModifier;
    const int to = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down ? 1 : -1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (control) return chooseNext(to, 0);
        if (shift) return Q_EMIT swapAsked(m_picture.chosen.event - (to < 0 ? 1 : 0));
        return step(to);
    case Qt::Key_Up:
    case Qt::Key_Down: return control ? chooseNext(to, 0) : chooseNext(0, to);
    case Qt::Key_PageUp: return step(-12);
    case Qt::Key_PageDown: return step(12);
    case Qt::Key_Delete:
    case Qt::Key_Backspace: return Q_EMIT hideAsked(m_picture.chosen);
    default: QWidget::keyPressEvent(event);
    }
}

void LifeLine::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const LifePlace place = byMouse ? laidOut().placeAt(event->pos()) : m_picture.chosen;
    if (place.event < 0) return;
    Q_EMIT chosen(place);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (place.slot >= 0) {
        const LifeEvent& shown = m_picture.events[std::size_t(place.event)];
        const bool hidden = shown.words[std::size_t(place.slot)] == m_picture.mask;
        menu->addAction(hidden ? tr("Show this word") : tr("Hide this word"), this,
                        [this, place] { Q_EMIT hideAsked(place); });
    }
    QAction* swap =
        menu->addAction(tr("Swap with the next event"), this, [this, place] { Q_EMIT swapAsked(place.event); });
    swap->setEnabled(place.event > 0 && place.event + 1 < int(m_picture.events.size())); // the background stays
    menu->popup(byMouse ? event->globalPos() : mapToGlobal(laidOut().wordRect(place).bottomLeft().toPoint()));
}

void LifeLine::tell()
{
    setAccessibleName(tr("Life line. Left and Right move the chosen event by a month, Page Up and Page Down by a year; "
                         "Up and Down choose a word, with Ctrl an event; Delete hides the word, Shift+Right swaps the "
                         "event with the next one"));
    setAccessibleDescription(laidOut().sentence(m_picture.chosen.event));
    update();
}

void LifeLine::resizeEvent(QResizeEvent*)
{
    m_dragging = m_pressed = false;
    arrange();
}

void LifeLine::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    if (event->type() == QEvent::FontChange) {
        arrange();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

bool LifeLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const LifePlace place = laidOut().placeAt(help->pos());
    if (place.event >= 0)
        QToolTip::showText(help->globalPos(), laidOut().sentence(place.event), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace headlens
