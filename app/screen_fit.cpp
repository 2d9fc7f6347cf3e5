// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/screen_fit.h"

#include "app/hidden_docks.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QChildEvent>
#include <QDockWidget>
#include <QLayout>
#include <QMainWindow>
#include <QScreen>
#include <QTabBar>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace headlens {

ScreenFit::ScreenFit(QMainWindow* window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
}

void ScreenFit::follow(InspectionModel* model, HiddenDocks* quiet)
{
    const auto soon = [this] { QTimer::singleShot(0, this, &ScreenFit::settle); };
    connect(quiet, &HiddenDocks::left, this, soon);
    connect(quiet, &HiddenDocks::entered, this, &ScreenFit::settle);
    connect(model, &InspectionModel::modelOpened, this, [this] { m_hasNewModel = true; });
    connect(model, &InspectionModel::inputChanged, this, [this, soon] {
        if (std::exchange(m_hasNewModel, false)) soon();
    });
}

void ScreenFit::setSize(const QSize& size)
{
    m_sized = true;
    m_window->resize(size);
}

QSize ScreenFit::room() const
{
    return m_window->screen()->availableSize() - (m_window->frameGeometry().size() - m_window->geometry().size());
}

QSize ScreenFit::excess() const
{
    m_window->layout()->activate();
    return (m_window->minimumSizeHint() - room()).expandedTo({0, 0});
}

// All docks of an area stand in one column or row: only together they give room. They stay where that does not help.
void ScreenFit::putAway(Qt::DockWidgetArea area)
{
    static const QStringList kKept{QStringLiteral("Heads"), QStringLiteral("Lesson")};
    const QSize before = excess();
    if (before.isNull()) return;
    QList<QDockWidget*> hidden;
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly)) {
        const bool there = !dock->isHidden() && !dock->isFloating() && m_window->dockWidgetArea(dock) == area;
        if (!there || kKept.contains(dock->objectName())) continue;
        dock->hide();
        hidden << dock;
    }
    const QSize after = excess();
    if (after.width() < before.width() || after.height() < before.height()) return;
    for (QDockWidget* dock : hidden) dock->show();
}

void ScreenFit::settle()
{
    if (m_sized) return;
    for (const Qt::DockWidgetArea area : {Qt::BottomDockWidgetArea, Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea})
        putAway(area);
    const QRect all = m_window->screen()->availableVirtualGeometry(); // a window may lie on two screens
    if (m_window->isMaximized() || m_window->isFullScreen() || all.contains(m_window->frameGeometry())) return;
    const QRect screen = m_window->screen()->availableGeometry();
    const QSize frame = m_window->frameGeometry().size() - m_window->geometry().size();
    m_window->resize(m_window->size().boundedTo(room()));
    constexpr int kMostTries = 4; // parts that stepped away give room with the next layout
    if (m_window->height() > room().height() || m_window->width() > room().width()) {
        if (++m_tries < kMostTries) QTimer::singleShot(0, this, &ScreenFit::settle);
    } else {
        m_tries = 0;
    }
    const QRect placed(m_window->frameGeometry().topLeft(), m_window->size() + frame);
    if (screen.contains(placed)) return;
    m_window->move(std::max(screen.left(), std::min(placed.left(), screen.right() + 1 - placed.width())),
                   std::max(screen.top(), std::min(placed.top(), screen.bottom() + 1 - placed.height())));
}

// The window makes a bar for the tabs of its docks whenever it needs one.
bool ScreenFit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show && !std::exchange(m_shown, true)) QTimer::singleShot(0, this, &ScreenFit::settle);
    if (event->type() != QEvent::ChildPolished) return QObject::eventFilter(watched, event);
    if (auto* tabs = qobject_cast<QTabBar*>(static_cast<QChildEvent*>(event)->child())) {
        tabs->setElideMode(Qt::ElideNone);
        tabs->setUsesScrollButtons(true);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
