// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys of the head grid.
#include "widgets/heads/head_ablation.h"
#include "widgets/heads/head_grid.h"
#include "widgets/heads/head_order.h"
#include "widgets/viewmodel/interventions.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QShortcut>

#include <cmath>
#include <utility>

namespace headlens {
namespace {

constexpr HeadPlace kNowhere{-1, 0};

} // namespace

void HeadGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (m_drag.kind != GridDrag::Kind::None) return drag(event->position());
    const HeadLayout::Cell* cell = m_layout.cellAt(event->position());
    const HeadPlace under = cell == nullptr ? kNowhere : cell->place;
    if (under == m_under) return; // what Escape put away stays away over the same cell
    m_under = under;
    m_silence->setEnabled(under.layer >= 0);
    look(under);
}

void HeadGrid::leaveEvent(QEvent*)
{
    m_under = kNowhere;
    m_silence->setEnabled(false);
    look(kNowhere);
}

void HeadGrid::mousePressEvent(QMouseEvent* event)
{
    if (beginDrag(*event) || event->button() != Qt::LeftButton) return;
    if (const HeadLayout::Heading* heading = m_layout.headingAt(event->position())) {
        const HeadSection& section = m_sections[std::size_t(heading->section)];
        m_heading = heading->section;
        return setFolded(section, !isFolded(section));
    }
    m_heading = -1;
    const HeadLayout::Cell* cell = m_layout.cellAt(event->position());
    if (cell == nullptr) return;
    if (event->modifiers() & Qt::ControlModifier) return m_heads->toggleHead(cell->place.layer, cell->place.head);
    choose(HeadPlace(cell->place)); // choosing may lay the cells out anew
}

void HeadGrid::mouseReleaseEvent(QMouseEvent*)
{
    endDrag();
}

bool HeadGrid::beginDrag(const QMouseEvent& event)
{
    const bool isBand = event.button() == Qt::LeftButton && event.modifiers() == Qt::ShiftModifier;
    const HeadLayout::Cell* cell = m_layout.cellAt(event.position());
    if (!isBand && (event.button() != Qt::MiddleButton || cell == nullptr)) return false;
    m_drag = {isBand ? GridDrag::Kind::Band : GridDrag::Kind::Factor, event.position(), event.position()};
    if (cell != nullptr) m_drag.place = cell->place;
    if (!isBand) m_drag.factor = ownChangeOfHead(m_model->request(), m_drag.place).factor;
    look(kNowhere);
    return true;
}

void HeadGrid::drag(const QPointF& to)
{
    m_drag.moveTo(to);
    if (m_drag.kind == GridDrag::Kind::Factor && m_drag.hasMoved) setFactor(m_model, m_drag.place, m_drag.factorNow());
    update();
}

// The middle button without a drag silences; the band switches off what it touches.
void HeadGrid::endDrag()
{
    const GridDrag done = std::exchange(m_drag, {});
    if (done.kind == GridDrag::Kind::Factor && !done.hasMoved) toggleAblated(m_model, done.place);
    if (done.kind != GridDrag::Kind::Band || !done.hasMoved) return;
    std::vector<HeadPlace> touched;
    for (const HeadLayout::Cell& cell : m_layout.cells)
        if (cell.rect.intersects(done.band())) touched.push_back(cell.place);
    if (!touched.empty()) toggleAllAblated(m_model, touched);
    update();
}

void HeadGrid::contextMenuEvent(QContextMenuEvent* event)
{
    const HeadPlace chosen{m_heads->layer(), m_heads->head()};
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const HeadLayout::Cell* cell = byKey ? m_layout.cellOf(chosen) : m_layout.cellAt(event->pos());
    if (cell == nullptr) return;
    const HeadPlace place = cell->place;
    const QPoint at = byKey ? mapToGlobal(cell->rect.center().toPoint()) : event->globalPos();
    QMenu menu;
    const QAction* toggle =
        menu.addAction(isAblated(*m_model, place) ? tr("Let this head write again") : tr("Silence this head"));
    const auto factor = [&](const QString& text, double value) {
        QAction* action = menu.addAction(text);
        connect(action, &QAction::triggered, this, [this, place, value] { setFactor(m_model, place, value); });
        return action;
    };
    factor(tr("Half of it (× 0.5)"), 0.5);
    factor(tr("Twice (× 2)"), 2);
    connect(menu.addAction(tr("Its mean over the tokens")), &QAction::triggered, this,
            [this, place] { setMean(m_model, place); });
    factor(tr("As trained"), 1)->setEnabled(!ownChangeOfHead(m_model->request(), place).isAsTrained());
    menu.addSeparator();
    const QAction* overlay = menu.addAction(tr("Lay over the chosen head"));
    const QAction* similar = menu.addAction(tr("Sort by similarity to this head"));
    const QAction* picked = menu.exec(at);
    if (picked == toggle) toggleAblated(m_model, place);
    if (picked == overlay) m_heads->toggleHead(place.layer, place.head);
    if (picked == similar) {
        choose(place);
        m_order->setSort(HeadSort::Similarity);
    }
}

void HeadGrid::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (event->reason() == Qt::MouseFocusReason) return;
    m_heading = -1;
    tellChosen();
}

void HeadGrid::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    look(kNowhere);
    update();
}

void HeadGrid::keyPressEvent(QKeyEvent* event)
{
    const HeadPlace chosen{m_heads->layer(), m_heads->head()};
    if (m_heading >= 0) return walkFromHeading(event);
    switch (event->key()) {
    case Qt::Key_Left: return walk(-1, 0);
    case Qt::Key_Right: return walk(1, 0);
    case Qt::Key_Up: return walk(0, -1);
    case Qt::Key_Down: return walk(0, 1);
    case Qt::Key_X: return toggleAblated(m_model, chosen);
    case Qt::Key_Escape:
        if (m_drag.kind == GridDrag::Kind::Band) {
            m_drag = {};
            return update();
        }
        if (m_looked.layer >= 0) return look(kNowhere);
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void HeadGrid::walk(int cells, int lines)
{
    if (m_layout.cells.empty()) return m_layout.headings.empty() ? void() : reachHeading(0); // all are folded
    const HeadLayout::Cell* from = m_layout.cellOf({m_heads->layer(), m_heads->head()});
    if (from == nullptr) return reach(HeadPlace(m_layout.cells.front().place)); // the chosen one is folded away
    const auto next = (from - m_layout.cells.data()) + cells;
    const HeadLayout::Cell* to = nullptr;
    if (lines != 0) {
        to = m_layout.beside(*from, lines);
        const int heading = headingBetween(from->rect.center().y(), to == nullptr ? nullptr : &to->rect, lines);
        if (heading >= 0) return reachHeading(heading);
    } else if (next >= 0 && std::size_t(next) < m_layout.cells.size()) {
        to = &m_layout.cells[std::size_t(next)];
    }
    if (to != nullptr) reach(HeadPlace(to->place));
}

// By lines a heading is met before the first line of its section. `to`: the line that would come next; null: none.
int HeadGrid::headingBetween(double from, const QRectF* to, int lines) const
{
    const double end = to != nullptr ? to->center().y() : lines < 0 ? 0 : m_layout.height;
    int nearest = -1;
    double least = std::abs(end - from);
    for (const HeadLayout::Heading& heading : m_layout.headings) {
        const double away = (heading.rect.center().y() - from) * lines;
        if (away <= 0 || away >= least) continue;
        least = away;
        nearest = heading.section;
    }
    return nearest;
}

void HeadGrid::reachHeading(int section)
{
    m_heading = section;
    look(kNowhere);
    tellHeading();
    update();
    Q_EMIT reached(m_layout.headings[std::size_t(section)].rect.toAlignedRect());
}

void HeadGrid::walkFromHeading(QKeyEvent* event)
{
    const int key = event->key();
    const auto at = std::size_t(m_heading);
    const HeadSection& section = m_sections[at];
    const QRectF here = m_layout.headings[at].rect;
    if (key == Qt::Key_Left || key == Qt::Key_Right) return setFolded(section, key == Qt::Key_Left);
    if (key == Qt::Key_Return || key == Qt::Key_Enter) return setFolded(section, !isFolded(section));
    if (key != Qt::Key_Up && key != Qt::Key_Down) return QWidget::keyPressEvent(event);
    const int step = key == Qt::Key_Up ? -1 : 1;
    // The line that lies nearest in this direction, or the next heading before it.
    const HeadLayout::Cell heading{kNowhere, here};
    const HeadLayout::Cell* cell = m_layout.beside(heading, step);
    const int next = headingBetween(here.center().y(), cell == nullptr ? nullptr : &cell->rect, step);
    if (next >= 0) return reachHeading(next);
    if (cell == nullptr) return;
    m_heading = -1;
    reach(HeadPlace(cell->place));
    update();
}

void HeadGrid::reach(const HeadPlace& place)
{
    choose(place);
    look(place);
    Q_EMIT reached(cellRect(place.layer, place.head).toAlignedRect());
}

} // namespace headlens
