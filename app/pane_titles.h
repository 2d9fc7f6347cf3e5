// SPDX-License-Identifier: GPL-3.0-or-later
// Titles of panes: a pane that shares its place with others is named by its tab, so its own title steps away. A tab
// floats or closes its pane by its context menu; a click with the middle button closes it as well.
#pragma once

#include <QObject>

class QDockWidget;
class QMainWindow;
class QTabBar;

namespace headlens {

class PaneTitles : public QObject {
    Q_OBJECT
public:
    explicit PaneTitles(QMainWindow* window); // when all docks are there

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void settleSoon();
    void settle();
    QDockWidget* dockOf(const QTabBar& bar, int tab) const;
    void showMenu(const QTabBar& bar, const QPoint& at);

    QMainWindow* m_window;
    bool m_settlesSoon = false;
};

} // namespace headlens
