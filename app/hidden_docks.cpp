// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hidden_docks.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>

namespace headlens {

HiddenDocks::HiddenDocks(QMainWindow* window, int version) : QObject(window), m_window(window), m_version(version)
{
    m_window->installEventFilter(this);
}

void HiddenDocks::enter(const QObject* owner)
{
    const bool isFirst = m_owners.isEmpty();
    if (isFirst) {
        Q_EMIT entering();
        m_before = m_window->saveState(m_version);
        m_size = m_window->size();
        m_waitsForSize = false;
    }
    m_owners.insert(owner);
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>()) dock->hide();
    if (isFirst) Q_EMIT entered();
}

void HiddenDocks::leave(const QObject* owner)
{
    if (!m_owners.remove(owner) || !m_owners.isEmpty()) return;
    restore();
    m_waitsForSize = m_window->size() != m_size;
    constexpr int kPatience = 2000; // ms; a later resize is the person's own
    QTimer::singleShot(kPatience, this, [this] { m_waitsForSize = false; });
}

void HiddenDocks::restore()
{
    m_window->restoreState(m_before, m_version);
    Q_EMIT left();
}

QByteArray HiddenDocks::state() const
{
    return isOn() ? m_before : m_window->saveState(m_version);
}

// Docks brought back while the window is still large would be squeezed when it shrinks.
bool HiddenDocks::eventFilter(QObject* watched, QEvent* event)
{
    if (m_waitsForSize && !isOn() && event->type() == QEvent::Resize && m_window->size() == m_size) {
        m_waitsForSize = false;
        restore();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
