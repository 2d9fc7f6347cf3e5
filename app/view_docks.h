// SPDX-License-Identifier: GPL-3.0-or-later
// The docks of the table of views (widgets/views.h): made, laid out, named and brought to the front.
#pragma once

#include "widgets/views.h"

#include <QList>
#include <QMainWindow>
#include <QObject>

class QAction;
class QDockWidget;

namespace headlens {

struct Workspace;

class ViewDocks : public QObject {
    Q_OBJECT
public:
    // Makes every view of the table; the window and the context must outlive it.
    ViewDocks(QMainWindow* window, const ViewContext& context);

    QDockWidget* dock(const QString& id) const; // by a view's id or that of a part; null: there is none
    template <class Widget>
    Widget* view() const
    {
        return m_window->findChild<Widget*>();
    }

    // As a row of the table of workspaces says: panes of one place become tabs, the first of them above; the other
    // views wait hidden at their usual places.
    void arrange(const Workspace& workspace);
    void shareRoom(const Workspace& workspace); // between docks and canvas, by the size of the window
    void retranslate();
    QList<QAction*> toggles() const; // of the View menu, in the order of the table

private:
    struct Dock {
        const View* view;
        QDockWidget* dock;
    };
    void fill(Place place, const Workspace& workspace);
    bool isThere(const char* view) const;
    void roomForLines(); // a text needs lines between its tokens where a picture has a filmstrip

    QMainWindow* m_window;
    QList<Dock> m_docks;
    bool m_hasNewModel = false; // opened, its first input is awaited
};

} // namespace headlens
