// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dock_visibility.h"

#include "app/hidden_docks.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/views.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>

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
bool DockVisibility::isOffered(const QString& dock) const
{
    const auto view = std::ranges::find_if(views(), [&](const View& any) { return dock == QLatin1String(any.title); });
    return view == views().end() || view->offered == nullptr || view->offered(*m_model);
}

void DockVisibility::settle()
{
    if (m_quiet->isOn() || !m_model->hasInput()) return;
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>()) {
        const bool offered = isOffered(dock->objectName());
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

void DockVisibility::beginAgain()
{
    m_taken.clear(); // all of them are there
    m_opened.clear();
    settle();
}

void DockVisibility::open(QDockWidget* dock)
{
    if (m_taken.remove(dock)) {
        m_opened.insert(dock);
        dock->show();
    }
    dock->raise();
}

} // namespace headlens
