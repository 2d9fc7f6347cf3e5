// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/display_settings.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

namespace headlens {
namespace {

// Of a dark window inferno, whose bright end stands out; of a light one viridis. Without a window viridis.
QString colormapOfTheme()
{
    const bool hasWindows = qobject_cast<QGuiApplication*>(QCoreApplication::instance()) != nullptr;
    const bool isDark = hasWindows && QGuiApplication::palette().color(QPalette::Base).lightness() < 128;
    return isDark ? QStringLiteral("inferno") : QStringLiteral("viridis");
}

} // namespace

DisplaySettings::DisplaySettings(QObject* parent) : QObject(parent)
{
    m_display.automatic = colormapOfTheme();
    if (QCoreApplication::instance() != nullptr) QCoreApplication::instance()->installEventFilter(this);
}

void DisplaySettings::set(const Display& display)
{
    Display next = display;
    next.automatic = m_display.automatic;
    replace(next);
}

void DisplaySettings::replace(const Display& display)
{
    if (display == m_display) return;
    m_display = display;
    Q_EMIT changed();
}

bool DisplaySettings::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ApplicationPaletteChange) {
        Display next = m_display;
        next.automatic = colormapOfTheme();
        replace(next);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headlens
