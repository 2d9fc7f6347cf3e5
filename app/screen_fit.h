// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the window on its screen: no larger than it, docks put away where they leave no room, tabs that scroll rather
// than cut their titles.
#pragma once

#include <QObject>
#include <QSize>

class QMainWindow;

namespace headlens {

class InspectionModel;
class HiddenDocks;

class ScreenFit : public QObject {
    Q_OBJECT
public:
    explicit ScreenFit(QMainWindow* window);

    // Settles whenever other docks come: with a model, from the start page and lessons back to all of them.
    void follow(InspectionModel* model, HiddenDocks* quiet);
    // Puts docks away, first those below, then those at the left, last those at the right, until what is left fits;
    // heads and the lesson stay. Then pulls the window in. What was put away comes back by the View menu.
    void settle();
    // A size that was asked for (--size) stays, whatever the screen.
    void setSize(const QSize& size);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QSize room() const;   // of the screen, without the window's frame
    QSize excess() const; // by how much what stands in the window does not fit
    void putAway(Qt::DockWidgetArea area);

    QMainWindow* m_window;
    bool m_sized = false, m_shown = false;
    int m_tries = 0;
    bool m_hasNewModel = false; // opened, its first input is awaited
};

} // namespace headlens
