// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_grid_input.h"

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

HeadGridInput::HeadGridInput(HeadGrid* grid, InspectionModel* model, HeadChoice* heads)
    : QObject(grid), m_grid(grid), m_model(model), m_heads(heads),
      m_silence(new QShortcut(QKeySequence(Qt::Key_X), grid))
{
    grid->installEventFilter(this);
    m_silence->setEnabled(false);
    connect(m_silence, &QShortcut::activated, this, [this] { toggleAblated(m_model, m_under); });
}

bool HeadGridInput::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove: move(static_cast<QMouseEvent*>(event)->position()); return true;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: press(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseButtonRelease: endDrag(); return true;
    case QEvent::Leave: hover(kNowhere); return false;
    case QEvent::ContextMenu: showMenu(*static_cast<QContextMenuEvent*>(event)); return true;
    case QEvent::KeyPress: return pressKey(*static_cast<QKeyEvent*>(event));
    case QEvent::FocusOut: lookAway(); return false;
    case QEvent::FocusIn:
        if (static_cast<QFocusEvent*>(event)->reason() == Qt::MouseFocusReason) return false;
        leaveHeading();
        Q_EMIT cellsFocused();
        return false;
    default: return QObject::eventFilter(watched, event);
    }
}

HeadPlace HeadGridInput::chosen() const
{
    return {m_heads->layer(), m_heads->head()};
}

const HeadLayout& HeadGridInput::layout() const
{
    return m_grid->layoutOfHeads();
}

QRectF HeadGridInput::band() const
{
    return m_drag.kind == GridDrag::Kind::Band ? m_drag.band() : QRectF();
}

void HeadGridInput::look(const HeadPlace& place)
{
    if (place == m_looked) return;
    Q_EMIT lookedChanged(std::exchange(m_looked, place));
}

void HeadGridInput::lookAway()
{
    look(kNowhere);
}

void HeadGridInput::move(const QPointF& to)
{
    if (m_drag.kind != GridDrag::Kind::None) return drag(to);
    const HeadLayout::Cell* cell = layout().cellAt(to);
    const HeadPlace under = cell == nullptr ? kNowhere : cell->place;
    if (under != m_under) hover(under); // what Escape put away stays away over the same cell
}

void HeadGridInput::hover(const HeadPlace& under)
{
    m_under = under;
    m_silence->setEnabled(under.layer >= 0);
    look(under);
}

void HeadGridInput::press(const QMouseEvent& event)
{
    if (beginDrag(event) || event.button() != Qt::LeftButton) return;
    if (const HeadLayout::Heading* heading = layout().headingAt(event.position())) {
        m_heading = heading->section;
        const HeadSection& section = m_grid->sections()[std::size_t(m_heading)];
        return m_grid->setFolded(section, !m_grid->isFolded(section));
    }
    leaveHeading();
    const HeadLayout::Cell* cell = layout().cellAt(event.position());
    if (cell == nullptr) return;
    if (event.modifiers() & Qt::ControlModifier) return m_heads->toggleHead(cell->place.layer, cell->place.head);
    m_grid->choose(HeadPlace(cell->place)); // choosing may lay the cells out anew
}

bool HeadGridInput::beginDrag(const QMouseEvent& event)
{
    const bool isBand = event.button() == Qt::LeftButton && event.modifiers() == Qt::ShiftModifier;
    const HeadLayout::Cell* cell = layout().cellAt(event.position());
    if (!isBand && (event.button() != Qt::MiddleButton || cell == nullptr)) return false;
    m_drag = {isBand ? GridDrag::Kind::Band : GridDrag::Kind::Factor, event.position(), event.position()};
    if (cell != nullptr) m_drag.place = cell->place;
    if (!isBand) m_drag.factor = ownChangeOfHead(m_model->request(), m_drag.place).factor;
    lookAway();
    return true;
}

void HeadGridInput::drag(const QPointF& to)
{
    m_drag.moveTo(to);
    if (m_drag.kind == GridDrag::Kind::Factor && m_drag.hasMoved) setFactor(m_model, m_drag.place, m_drag.factorNow());
    m_grid->update();
}

// The middle button without a drag silences; the band switches off what it touches.
void HeadGridInput::endDrag()
{
    const GridDrag done = std::exchange(m_drag, {});
    if (done.kind == GridDrag::Kind::Factor && !done.hasMoved) toggleAblated(m_model, done.place);
    if (done.kind != GridDrag::Kind::Band || !done.hasMoved) return;
    std::vector<HeadPlace> touched;
    for (const HeadLayout::Cell& cell : layout().cells)
        if (cell.rect.intersects(done.band())) touched.push_back(cell.place);
    if (!touched.empty()) toggleAllAblated(m_model, touched);
    m_grid->update();
}

void HeadGridInput::fillFactors(QMenu* menu, const HeadPlace& place)
{
    const auto factor = [&](const QString& text, double value) {
        QAction* action = menu->addAction(text);
        connect(action, &QAction::triggered, this, [this, place, value] { setFactor(m_model, place, value); });
        return action;
    };
    factor(HeadGrid::tr("Half of it (× 0.5)"), 0.5);
    factor(HeadGrid::tr("Twice (× 2)"), 2);
    connect(menu->addAction(HeadGrid::tr("Its mean over the tokens")), &QAction::triggered, this,
            [this, place] { setMean(m_model, place); });
    factor(HeadGrid::tr("As trained"), 1)->setEnabled(!ownChangeOfHead(m_model->request(), place).isAsTrained());
}

void HeadGridInput::showMenu(const QContextMenuEvent& event)
{
    const bool byKey = event.reason() == QContextMenuEvent::Keyboard;
    const HeadLayout::Cell* cell = byKey ? layout().cellOf(chosen()) : layout().cellAt(event.pos());
    if (cell == nullptr) return;
    const HeadPlace place = cell->place;
    const QPoint at = byKey ? m_grid->mapToGlobal(cell->rect.center().toPoint()) : event.globalPos();
    QMenu menu;
    const QAction* toggle = menu.addAction(isAblated(*m_model, place) ? HeadGrid::tr("Let this head write again")
                                                                      : HeadGrid::tr("Silence this head"));
    fillFactors(&menu, place);
    menu.addSeparator();
    const QAction* overlay = menu.addAction(HeadGrid::tr("Lay over the chosen head"));
    const QAction* similar = menu.addAction(HeadGrid::tr("Sort by similarity to this head"));
    const QAction* picked = menu.exec(at);
    if (picked == toggle) toggleAblated(m_model, place);
    if (picked == overlay) m_heads->toggleHead(place.layer, place.head);
    if (picked == similar) {
        m_grid->choose(place);
        m_grid->order()->setSort(HeadSort::Similarity);
    }
}

bool HeadGridInput::pressKey(const QKeyEvent& event)
{
    if (m_heading >= 0) return walkFromHeading(event.key());
    switch (event.key()) {
    case Qt::Key_Left: walk(-1, 0); return true;
    case Qt::Key_Right: walk(1, 0); return true;
    case Qt::Key_Up: walk(0, -1); return true;
    case Qt::Key_Down: walk(0, 1); return true;
    case Qt::Key_X: toggleAblated(m_model, chosen()); return true;
    case Qt::Key_Escape: return escape();
    default: return false;
    }
}

bool HeadGridInput::escape()
{
    if (m_drag.kind == GridDrag::Kind::Band) {
        m_drag = {};
        m_grid->update();
        return true;
    }
    if (m_looked.layer < 0) return false;
    lookAway();
    return true;
}

void HeadGridInput::walk(int cells, int lines)
{
    const HeadLayout& placed = layout();
    if (placed.cells.empty()) return placed.headings.empty() ? void() : reachHeading(0); // all are folded
    const HeadLayout::Cell* from = placed.cellOf(chosen());
    if (from == nullptr) return reach(HeadPlace(placed.cells.front().place)); // the chosen one is folded away
    const auto next = (from - placed.cells.data()) + cells;
    const HeadLayout::Cell* to = nullptr;
    if (lines != 0) {
        to = placed.beside(*from, lines);
        const int heading = headingBetween(from->rect.center().y(), to == nullptr ? nullptr : &to->rect, lines);
        if (heading >= 0) return reachHeading(heading);
    } else if (next >= 0 && std::size_t(next) < placed.cells.size()) {
        to = &placed.cells[std::size_t(next)];
    }
    if (to != nullptr) reach(HeadPlace(to->place));
}

// By lines a heading is met before the first line of its section. `to`: the line that would come next; null: none.
int HeadGridInput::headingBetween(double from, const QRectF* to, int lines) const
{
    const double end = to != nullptr ? to->center().y() : lines < 0 ? 0 : layout().height;
    int nearest = -1;
    double least = std::abs(end - from);
    for (const HeadLayout::Heading& heading : layout().headings) {
        const double away = (heading.rect.center().y() - from) * lines;
        if (away <= 0 || away >= least) continue;
        least = away;
        nearest = heading.section;
    }
    return nearest;
}

void HeadGridInput::reachHeading(int section)
{
    m_heading = section;
    lookAway();
    Q_EMIT headingReached();
    m_grid->update();
    Q_EMIT reached(layout().headings[std::size_t(section)].rect.toAlignedRect());
}

bool HeadGridInput::walkFromHeading(int key)
{
    const auto at = std::size_t(m_heading);
    const HeadSection& section = m_grid->sections()[at];
    const bool foldsOrUnfolds = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key == Qt::Key_Left || key == Qt::Key_Right || foldsOrUnfolds) {
        m_grid->setFolded(section, foldsOrUnfolds ? !m_grid->isFolded(section) : key == Qt::Key_Left);
        return true;
    }
    if (key != Qt::Key_Up && key != Qt::Key_Down) return false;
    const int step = key == Qt::Key_Up ? -1 : 1;
    // The line that lies nearest in this direction, or the next heading before it.
    const QRectF here = layout().headings[at].rect;
    const HeadLayout::Cell* cell = layout().beside({kNowhere, here}, step);
    const int next = headingBetween(here.center().y(), cell == nullptr ? nullptr : &cell->rect, step);
    if (next >= 0) {
        reachHeading(next);
    } else if (cell != nullptr) {
        leaveHeading();
        reach(HeadPlace(cell->place));
        m_grid->update();
    }
    return true;
}

void HeadGridInput::reach(const HeadPlace& place)
{
    m_grid->choose(place);
    look(place);
    Q_EMIT reached(m_grid->cellRect(place.layer, place.head).toAlignedRect());
}

} // namespace headlens
