// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dock_visibility.h"

#include "app/hidden_docks.h"
#include "app/workspace.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/views.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QTimer>

#include <algorithm>

namespace headlens {
DockVisibility::DockVisibility(QMainWindow* window, InspectionModel* model, HiddenDocks* quiet)
    : QObject(window), m_window(window), m_model(model), m_quiet(quiet)
{
    connect(model, &InspectionModel::inputChanged, this, &DockVisibility::settle);
    connect(quiet, &HiddenDocks::entering, this, &DockVisibility::restore);
    connect(quiet, &HiddenDocks::left, this, &DockVisibility::settle);
    for (QDockWidget* dock : window->findChildren<QDockWidget*>())
        connect(dock->toggleViewAction(), &QAction::triggered, this, [this, dock](bool shown) {
            m_taken.remove(dock);
            if (shown) m_opened.insert(dock);
        });
}

// Docks that are no views, and views without a condition, always have something to show.
bool DockVisibility::isOffered(const QDockWidget* dock) const
{
    const auto view =
        std::ranges::find_if(views(), [&](const View& any) { return dock->objectName() == QLatin1String(any.title); });
    if (view == views().end()) return true;
    const Pane* pane = m_workspace == nullptr ? nullptr : m_workspace->paneOf(QString::fromLatin1(view->id));
    return (view->offered == nullptr || view->offered(*m_model)) &&
           (view->filled == nullptr || view->filled(*dock->widget())) &&
           (pane == nullptr || pane->wanted == nullptr || pane->wanted(*m_model));
}

void DockVisibility::settle()
{
    if (m_quiet->isOn() || (m_model->hasModel() && !m_model->hasInput())) return;
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>()) {
        const bool offered = isOffered(dock);
        if (offered && m_taken.remove(dock)) dock->show();
        if (offered || dock->isHidden() || m_opened.contains(dock)) continue;
        m_taken.insert(dock);
        dock->hide();
    }
}

void DockVisibility::restore()
{
    for (QDockWidget* dock : std::as_const(m_taken)) dock->show();
    m_taken.clear();
}

void DockVisibility::beginAgain(const Workspace& workspace)
{
    m_workspace = &workspace;
    m_taken.clear(); // all of them are there
    m_opened.clear();
    settle();
}

void DockVisibility::open(QDockWidget* dock)
{
    if (m_taken.remove(dock) || dock->isHidden()) {
        m_opened.insert(dock);
        dock->show();
    }
    dock->raise();
    QTimer::singleShot(0, dock, [dock] { dock->raise(); }); // a tab cannot be raised before it is laid out
}

} // namespace headlens
