// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screen_fit.h"

#include <QChildEvent>
#include <QDockWidget>
#include <QLayout>
#include <QMainWindow>
#include <QScreen>
#include <QTabBar>
#include <QTimer>

#include <algorithm>

namespace headlens {

ScreenFit::ScreenFit(QMainWindow* window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
}

void ScreenFit::setSize(const QSize& size)
{
    m_sized = true;
    m_window->resize(size);
}

void ScreenFit::settle()
{
    if (m_sized) return;
    const QSize frame = m_window->frameGeometry().size() - m_window->geometry().size();
    const QRect screen = m_window->screen()->availableGeometry();
    const QSize room = screen.size() - frame;
    const auto fits = [&] {
        m_window->layout()->activate();
        const QSize least = m_window->minimumSizeHint();
        return least.width() <= room.width() && least.height() <= room.height();
    };
    QList<QDockWidget*> docks = m_window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly);
    static const QStringList kKept{QStringLiteral("Heads"), QStringLiteral("Lesson")};
    docks.removeIf([](const QDockWidget* dock) { return kKept.contains(dock->objectName()); });
    for (const Qt::DockWidgetArea area : {Qt::BottomDockWidgetArea, Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea})
        for (QDockWidget* dock : docks)
            if (!fits() && !dock->isHidden() && !dock->isFloating() && m_window->dockWidgetArea(dock) == area)
                dock->hide();
    if (m_window->isMaximized() || m_window->isFullScreen()) return;
    m_window->resize(m_window->size().boundedTo(room));
    const QRect placed(m_window->frameGeometry().topLeft(), m_window->size() + frame);
    if (screen.contains(placed)) return;
    m_window->move(std::max(screen.left(), std::min(placed.left(), screen.right() + 1 - placed.width())),
                   std::max(screen.top(), std::min(placed.top(), screen.bottom() + 1 - placed.height())));
}

// The window makes a bar for the tabs of its docks whenever it needs one.
bool ScreenFit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show) QTimer::singleShot(0, this, &ScreenFit::settle);
    if (event->type() != QEvent::ChildPolished) return QObject::eventFilter(watched, event);
    if (auto* tabs = qobject_cast<QTabBar*>(static_cast<QChildEvent*>(event)->child())) {
        tabs->setElideMode(Qt::ElideNone);
        tabs->setUsesScrollButtons(true);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
