// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pane_titles.h"

#include "widgets/style/icons.h"

#include <QChildEvent>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMouseEvent>
#include <QTabBar>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

// What stands in the place of a title that is not there; Qt draws its own for none.
class NoTitle : public QWidget {
public:
    using QWidget::QWidget;
    QSize sizeHint() const override { return {0, 0}; }
    QSize minimumSizeHint() const override { return {0, 0}; }
};

bool isTab(const QMainWindow& window, QDockWidget* dock)
{
    const QList<QDockWidget*> others = window.tabifiedDockWidgets(dock);
    return !dock->isFloating() && std::ranges::any_of(others, [](const QDockWidget* one) { return !one->isHidden(); });
}

} // namespace

PaneTitles::PaneTitles(QMainWindow* window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
    for (QDockWidget* dock : window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
        connect(dock, &QDockWidget::visibilityChanged, this, &PaneTitles::settleSoon);
        connect(dock, &QDockWidget::topLevelChanged, this, &PaneTitles::settleSoon);
        connect(dock, &QDockWidget::dockLocationChanged, this, &PaneTitles::settleSoon);
    }
}

void PaneTitles::settleSoon()
{
    if (std::exchange(m_settlesSoon, true)) return;
    QTimer::singleShot(0, this, &PaneTitles::settle); // docks come and go one by one
}

// Other title bars than ours (presenter mode has some) are left alone.
void PaneTitles::settle()
{
    m_settlesSoon = false;
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
        QWidget* title = dock->titleBarWidget();
        const bool isOurs = dynamic_cast<NoTitle*>(title) != nullptr, isBare = isTab(*m_window, dock);
        if (isBare && title == nullptr) dock->setTitleBarWidget(new NoTitle(dock));
        if (isBare || !isOurs) continue;
        dock->setTitleBarWidget(nullptr);
        delete title;
    }
}

QDockWidget* PaneTitles::dockOf(const QTabBar& bar, int tab) const
{
    if (tab < 0) return nullptr;
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly))
        if (!dock->isHidden() && dock->windowTitle() == bar.tabText(tab)) return dock;
    return nullptr;
}

void PaneTitles::showMenu(const QTabBar& bar, const QPoint& at)
{
    QDockWidget* dock = dockOf(bar, bar.tabAt(at));
    if (dock == nullptr) return;
    auto* menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(Icon::Float), tr("Float"), dock, [dock] { dock->setFloating(true); });
    menu->addAction(icon(Icon::Close), tr("Close"), dock, &QWidget::close);
    menu->popup(bar.mapToGlobal(at));
}

// The window makes a bar for the tabs of its docks whenever it needs one.
bool PaneTitles::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_window) {
        if (event->type() == QEvent::ChildPolished)
            if (auto* bar = qobject_cast<QTabBar*>(static_cast<QChildEvent*>(event)->child()))
                bar->installEventFilter(this);
        return QObject::eventFilter(watched, event);
    }
    const auto* bar = qobject_cast<const QTabBar*>(watched);
    if (bar == nullptr) return QObject::eventFilter(watched, event); // it is being destroyed
    if (event->type() == QEvent::ContextMenu) {
        showMenu(*bar, static_cast<QContextMenuEvent*>(event)->pos());
        return true;
    }
    const auto* click = event->type() == QEvent::MouseButtonRelease ? static_cast<QMouseEvent*>(event) : nullptr;
    if (click == nullptr || click->button() != Qt::MiddleButton) return QObject::eventFilter(watched, event);
    if (QDockWidget* dock = dockOf(*bar, bar->tabAt(click->position().toPoint()))) dock->close();
    return true;
}

} // namespace headlens
