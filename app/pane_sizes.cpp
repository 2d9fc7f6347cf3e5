// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pane_sizes.h"

#include "app/hidden_docks.h"

#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>

namespace headlens {

PaneSizes::PaneSizes(QMainWindow* window, HiddenDocks* quiet, QObject* parent)
    : QObject(parent), m_window(window), m_quiet(quiet)
{
    window->installEventFilter(this);
    for (QDockWidget* dock : window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly))
        dock->installEventFilter(this);
}

QList<QDockWidget*> PaneSizes::panes() const
{
    QList<QDockWidget*> seen;
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly))
        if (!dock->isHidden() && !dock->isFloating() && m_window->rect().intersects(dock->geometry())) seen << dock;
    return seen;
}

void PaneSizes::keepSoon()
{
    QTimer::singleShot(0, this, &PaneSizes::keep);
}

void PaneSizes::keep()
{
    if (m_quiet->isOn()) return;
    m_wanted.clear();
    m_size = m_window->size();
    for (QDockWidget* dock : panes()) m_wanted.insert(dock, dock->size());
}

// The middle keeps what it needs: the window sees to it.
void PaneSizes::giveBack()
{
    if (m_quiet->isOn()) return;
    QList<QDockWidget*> narrow, low;
    QList<int> widths, heights;
    for (QDockWidget* dock : panes()) {
        const QSize wanted = m_wanted.value(dock, dock->size());
        if (dock->width() < wanted.width()) {
            narrow << dock;
            widths << wanted.width();
        }
        if (dock->height() < wanted.height()) {
            low << dock;
            heights << wanted.height();
        }
    }
    if (!narrow.isEmpty()) m_window->resizeDocks(narrow, widths, Qt::Horizontal);
    if (!low.isEmpty() && m_window->height() >= m_size.height()) m_window->resizeDocks(low, heights, Qt::Vertical);
}

bool PaneSizes::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Resize) return QObject::eventFilter(watched, event);
    const bool isWindow = watched == m_window;
    if (isWindow)
        QTimer::singleShot(0, this, &PaneSizes::giveBack);
    else if (m_window->size() == m_size && (QApplication::mouseButtons() & Qt::LeftButton) != 0)
        keepSoon(); // the person draws its edge
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
