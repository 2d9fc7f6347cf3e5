// SPDX-License-Identifier: GPL-3.0-or-later
// A window that shrinks squeezes its panes, and gives all the room to its middle when it grows again. Panes get back
// here what they had: in the layout of the workspace, or as the person drew their edges since.
#pragma once

#include <QHash>
#include <QObject>
#include <QSize>

class QDockWidget;
class QMainWindow;

namespace headlens {

class HiddenDocks;

class PaneSizes : public QObject {
    Q_OBJECT
public:
    PaneSizes(QMainWindow* window, HiddenDocks* quiet, QObject* parent);

    void keepSoon(); // another layout is there as soon as it is laid out

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void keep();
    void giveBack();
    QList<QDockWidget*> panes() const; // those that are seen, tabs behind others left out

    QMainWindow* m_window;
    HiddenDocks* m_quiet;
    QSize m_size; // of the window when its panes were settled last
    QHash<QDockWidget*, QSize> m_wanted;
};

} // namespace headlens
