// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dock_offers.h"

#include "app/quiet_layout.h"
#include "widgets/text/tiles.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QAction>
#include <QDockWidget>
#include <QHash>
#include <QMainWindow>

#include <algorithm>

namespace headlens {
namespace {

bool anyBlock(const InspectionModel& model, bool (*has)(const verbs::BlockGrid&))
{
    return std::ranges::any_of(model.input().blocks, has);
}

// By the object name of a dock; docks that are not named here always have something to show.
const QHash<QString, bool (*)(const InspectionModel&)>& offers()
{
    static const QHash<QString, bool (*)(const InspectionModel&)> kTable{
        {QStringLiteral("Windows"),
         [](const InspectionModel& model) {
             return anyBlock(model, [](const verbs::BlockGrid& block) { return block.windowHeight > 0; });
         }},
        {QStringLiteral("Generation"), [](const InspectionModel& model) { return model.model().text.writes; }},
        {QStringLiteral("Contrast"), [](const InspectionModel& model) { return model.model().remembersContrast; }},
        {QStringLiteral("Training"), [](const InspectionModel& model) { return model.model().remembersTraining; }},
        {QStringLiteral("Memory"),
         [](const InspectionModel& model) {
             return anyBlock(model, [](const verbs::BlockGrid& block) { return block.kind == "memory"; });
         }},
        {QStringLiteral("Routing"),
         [](const InspectionModel& model) {
             return anyBlock(model, [](const verbs::BlockGrid& block) { return !block.router.empty(); });
         }},
        {QStringLiteral("Tiles"),
         [](const InspectionModel& model) {
             const auto& streams = model.input().streams;
             return !streams.empty() && hasInjected(streams.front().tokens);
         }},
        {QStringLiteral("Life line"),
         [](const InspectionModel& model) { return model.hasState(QStringLiteral("life.event")); }},
        {QStringLiteral("Three attentions"),
         [](const InspectionModel& model) { return model.model().text.translates; }},
    };
    return kTable;
}

} // namespace

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

bool DockOffers::isOffered(const QString& dock) const
{
    const auto has = offers().constFind(dock);
    return has == offers().constEnd() || has.value()(*m_model);
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
