// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dock_offers.h"

#include "app/quiet_layout.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/views.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace headlens {
DockOffers::DockOffers(QMainWindow* window, InspectionModel* model, QuietLayout* quiet)
    : QObject(window), m_window(window), m_model(model), m_quiet(quiet)
{
    connect(model, &InspectionModel::inputChanged, this, &DockOffers::settle);
    connect(quiet, &QuietLayout::entering, this, &DockOffers::giveBack);
    connect(quiet, &QuietLayout::left, this, &DockOffers::settle);
    for (QDockWidget* dock : window->findChildren<QDockWidget*>())
        connect(dock->toggleViewAction(), &QAction::triggered, this, [this, dock](bool shown) {
            m_taken.remove(dock);
            if (shown) m_opened.insert(dock);
        });
}

// Docks that are no views, and views without a condition, always have something to show.
bool DockOffers::isOffered(const QString& dock) const
{
    const auto view = std::ranges::find_if(views(), [&](const View& any) { return dock == QLatin1String(any.title); });
    return view == views().end() || view->offered == nullptr || view->offered(*m_model);
}

void DockOffers::settle()
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

void DockOffers::giveBack()
{
    for (QDockWidget* dock : std::as_const(m_taken)) dock->show();
    m_taken.clear();
}

void DockOffers::beginAgain()
{
    m_taken.clear(); // all of them are there
    m_opened.clear();
    settle();
}

void DockOffers::open(QDockWidget* dock)
{
    if (m_taken.remove(dock)) {
        m_opened.insert(dock);
        dock->show();
    }
    dock->raise();
}

} // namespace headlens
