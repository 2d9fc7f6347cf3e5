// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys over the head grid: what is looked at, which heading has the focus, and the drag under way. One thing
// at a time: the mouse hovers over heads, draws a band around them, or the factor of one. Window's thread.
#pragma once

#include "widgets/heads/grid_drag.h"
#include "widgets/heads/head_layout.h"

#include <QObject>

class QContextMenuEvent;
class QKeyEvent;
class QMenu;
class QMouseEvent;
class QShortcut;

namespace headlens {

class HeadGrid;
class InspectionModel;

class HeadGridInput : public QObject {
    Q_OBJECT
public:
    HeadGridInput(HeadGrid* grid, InspectionModel* model, HeadChoice* heads);

    const HeadPlace& looked() const { return m_looked; } // under the mouse or the arrow keys; layer -1: none
    int heading() const { return m_heading; }            // that has the focus: a section; -1: the cells have it
    QRectF band() const;                                 // that is drawn around heads; empty: none
    void lookAway();                                     // nothing is looked at
    void leaveHeading() { m_heading = -1; }

Q_SIGNALS:
    void lookedChanged(const headlens::HeadPlace& before);
    void headingReached();
    void cellsFocused();             // by keyboard
    void reached(const QRect& part); // by keyboard: it is to be seen

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void press(const QMouseEvent& event);
    void move(const QPointF& to);
    void hover(const HeadPlace& under);
    void look(const HeadPlace& place);
    bool beginDrag(const QMouseEvent& event); // false: it is a click
    void drag(const QPointF& to);
    void endDrag();
    void showMenu(const QContextMenuEvent& event);
    void fillFactors(QMenu* menu, const HeadPlace& place);
    bool pressKey(const QKeyEvent& event); // false: it is somebody else's
    bool escape();
    void walk(int cells, int lines); // the chosen head, by arrow keys
    bool walkFromHeading(int key);
    void reachHeading(int section);
    int headingBetween(double from, const QRectF* to, int lines) const; // -1: none
    void reach(const HeadPlace& place);
    HeadPlace chosen() const;
    const HeadLayout& layout() const;

    HeadGrid* m_grid;
    InspectionModel* m_model;
    HeadChoice* m_heads;
    QShortcut* m_silence;                      // X over a head, wherever the focus is
    HeadPlace m_looked{-1, 0}, m_under{-1, 0}; // the latter under the mouse
    GridDrag m_drag;
    int m_heading = -1;
};

} // namespace headlens
