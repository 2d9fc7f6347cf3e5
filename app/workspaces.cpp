// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspaces.h"

#include "app/app_settings.h"
#include "app/dock_visibility.h"
#include "app/hidden_docks.h"
#include "app/pane_sizes.h"
#include "app/presenter.h"
#include "app/screen_fit.h"
#include "app/start_screen.h"
#include "app/view_docks.h"
#include "widgets/lessons/lesson_player.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QScreen>
#include <QTimer>

#include <utility>

namespace headlens {

Workspaces::Workspaces(const Parts& parts)
    : QObject(parts.window), m_parts(parts), m_sizes(new PaneSizes(parts.window, parts.quiet, this)),
      m_chosen(kFirstWorkspace)
{
    connect(m_parts.quiet, &HiddenDocks::left, this, [this] {
        settle();
        settleLesson();
    });
    connect(m_parts.start, &StartScreen::changed, this, [this] { Q_EMIT changed(current()); });
}

void Workspaces::begin()
{
    QMainWindow* window = m_parts.window;
    const QString last = m_parts.settings->workspace();
    if (const Workspace* known = workspaceOf(last); known != nullptr && !known->panes.empty()) m_chosen = last;
    for (const Workspace& one : workspaces()) {
        const QString id = QString::fromLatin1(one.id);
        if (const QByteArray kept = m_parts.settings->layout(id); !kept.isEmpty()) m_layouts.insert(id, kept);
    }
    window->resize(kUsualSize.boundedTo(window->screen()->availableSize()));
    window->restoreGeometry(m_parts.settings->geometry());
    settle();
    Q_EMIT changed(current());
}

const Workspace& Workspaces::row() const
{
    return *workspaceOf(m_chosen);
}

QString Workspaces::current() const
{
    return m_parts.start->isShown() ? kModelsWorkspace : m_chosen;
}

void Workspaces::show(const QString& id)
{
    const Workspace* wanted = workspaceOf(id);
    if (wanted == nullptr) return;
    if (wanted->panes.empty()) return m_parts.start->show(StartPage::Mode::Models);
    m_chosen = id;
    m_parts.start->leave();
    settle();
    Q_EMIT changed(current());
}

void Workspaces::settle()
{
    if (m_parts.quiet->isOn() || m_applied == m_chosen) return;
    keep();
    m_applied = m_chosen;
    const QPointer<QWidget> before = m_parts.window->focusWidget();
    m_parts.window->setUpdatesEnabled(false); // docks that come and go one by one would flicker
    apply();
    m_parts.window->setUpdatesEnabled(true);
    returnFocus(before);
    const QPointer<QWidget> after = m_parts.window->focusWidget();
    QTimer::singleShot(0, this, [this, after] { // tabs behind others go with the layout
        if (after != nullptr && !after->isVisible()) Q_EMIT focusLost();
    });
}

// A pane that goes passes its focus on to whatever comes next, a button of the bar at the top or another pane, as if
// somebody had walked there.
void Workspaces::returnFocus(const QPointer<QWidget>& before)
{
    if (before == nullptr || m_parts.window->focusWidget() == before) return;
    if (before->isVisible())
        before->setFocus(Qt::OtherFocusReason);
    else
        Q_EMIT focusLost();
}

void Workspaces::keep()
{
    if (m_applied.isEmpty()) return;
    leaveGuest();
    m_parts.offers->restore(); // they are there at the next time, whatever model is open then
    m_layouts.insert(m_applied, m_parts.window->saveState(kVersion));
}

void Workspaces::apply()
{
    const QByteArray kept = m_layouts.value(m_applied);
    const bool restored = !kept.isEmpty() && m_parts.window->restoreState(kept, kVersion);
    if (!restored) {
        m_parts.docks->arrange(row());
        m_parts.docks->shareRoom(row());
    }
    if (!restored && !kept.isEmpty()) {
        m_layouts.remove(m_applied);
        m_parts.settings->setAsideLayout(m_applied);
        Q_EMIT layoutUnreadable(row().translatedTitle());
    }
    m_parts.offers->beginAgain(row());
    settleLesson();
    m_parts.fit->settle();
    m_sizes->keepSoon();
}

void Workspaces::reset()
{
    m_parts.presenter->leave();
    m_parts.start->leave();
    m_guest.clear();
    m_layouts.remove(m_applied);
    apply();
}

void Workspaces::showView(const QString& view)
{
    QDockWidget* dock = m_parts.docks->dock(view);
    if (dock == nullptr || m_parts.quiet->isOn()) return;
    const QString id = QString::fromLatin1(viewOf(view)->id);
    const bool isHere = row().paneOf(id) != nullptr, isBeside = m_parts.lessons->isOpen();
    if (!isHere && !isBeside)
        if (const Workspace* home = homeOf(id)) show(QString::fromLatin1(home->id));
    if (!isHere && isBeside && m_guest != id) {
        leaveGuest();
        m_guest = dock->isHidden() ? id : QString();
    }
    m_parts.offers->open(dock);
}

void Workspaces::showBeside(const QString& view)
{
    QDockWidget* dock = m_parts.docks->dock(view);
    if (dock != nullptr && !m_parts.quiet->isOn()) m_parts.offers->open(dock);
}

void Workspaces::leaveGuest()
{
    if (const QString guest = std::exchange(m_guest, {}); !guest.isEmpty()) m_parts.docks->dock(guest)->hide();
}

// A lesson has a workspace of its own; its text stays beside whichever one its steps go to.
void Workspaces::openLesson()
{
    if (m_chosen != kLearnWorkspace) m_before = m_chosen;
    show(kLearnWorkspace);
    settleLesson();
}

void Workspaces::closeLesson()
{
    leaveGuest();
    if (m_chosen == kLearnWorkspace) show(m_before);
    settleLesson();
}

void Workspaces::settleLesson()
{
    QDockWidget* dock = m_parts.docks->dock(QStringLiteral("lesson"));
    const bool isOpen = m_parts.lessons->isOpen();
    if (m_parts.quiet->isOn() && isOpen) return; // whoever put the docks away shows it
    const bool isWanted = isOpen || (m_chosen == kLearnWorkspace && !m_parts.quiet->isOn());
    if (isWanted == !dock->isHidden()) return;
    dock->setVisible(isWanted);
    if (isWanted) QTimer::singleShot(0, dock, [dock] { dock->raise(); }); // cannot be before it is laid out
}

void Workspaces::remember()
{
    const Presenter* presenter = m_parts.presenter;
    if (m_parts.quiet->isOn()) // the docks that will be there again
        m_layouts.insert(m_applied, m_parts.quiet->state());
    else
        keep();
    m_parts.settings->setGeometry(presenter->isOn() ? presenter->geometryBefore() : m_parts.window->saveGeometry());
    m_parts.settings->setWorkspace(m_chosen);
    for (const auto& [id, layout] : m_layouts.asKeyValueRange()) m_parts.settings->setLayout(id, layout);
}

void Workspaces::setSize(const QSize& size)
{
    m_parts.fit->setSize(size);
    if (m_layouts.value(m_applied).isEmpty()) m_parts.docks->shareRoom(row());
    m_sizes->keepSoon();
}

} // namespace headlens
