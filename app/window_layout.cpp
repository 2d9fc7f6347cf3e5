// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_layout.h"

#include "app/app_settings.h"
#include "app/dock_visibility.h"
#include "app/hidden_docks.h"
#include "app/presenter.h"
#include "app/screen_fit.h"
#include "app/start_screen.h"
#include "app/view_docks.h"

#include <QMainWindow>
#include <QScreen>

namespace headlens {

WindowLayout::WindowLayout(const Parts& parts) : QObject(parts.window), m_parts(parts) {}

void WindowLayout::begin()
{
    QMainWindow* window = m_parts.window;
    m_parts.docks->arrange();
    // Before they were tabs the docks stood above each other and made the window as high as all.
    window->resize(kUsualSize.boundedTo(window->screen()->availableSize()));
    m_parts.docks->shareRoom();
    m_first = window->saveState(kVersion);
    window->restoreGeometry(m_parts.settings->geometry());
    window->restoreState(m_parts.settings->layout(), kVersion);
}

void WindowLayout::reset()
{
    m_parts.presenter->leave();
    m_parts.start->leave();
    m_parts.window->restoreState(m_first, kVersion);
    m_parts.offers->beginAgain();
    m_parts.fit->settle();
}

void WindowLayout::remember()
{
    const Presenter* presenter = m_parts.presenter;
    if (!m_parts.quiet->isOn()) m_parts.offers->restore(); // so that they are there at the next start
    m_parts.settings->setWindow(presenter->isOn() ? presenter->geometryBefore() : m_parts.window->saveGeometry(),
                                m_parts.quiet->state());
}

void WindowLayout::setSize(const QSize& size)
{
    m_parts.fit->setSize(size);
    if (m_parts.settings->layout().isEmpty()) m_parts.docks->shareRoom();
}

} // namespace headlens
