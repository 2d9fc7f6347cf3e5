// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"

#include "widgets/style/tokens.h"
#include "widgets/style/window_style.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

const QString kSystem = QStringLiteral("system"), kAlways = QStringLiteral("always");

// What the desktop is asked: its common group, and GNOME's own for motion, which older portals know alone.
struct Key {
    QString group, key;
};
const Key kScheme{QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme")},
    kReduced{QStringLiteral("org.freedesktop.appearance"), QStringLiteral("reduced-motion")},
    kAnimations{QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("enable-animations")};

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent), m_style(new WindowStyle),
      m_platformIsDark(QApplication::palette().color(QPalette::Window).lightness() < 128)
{
    QApplication::setStyle(m_style);
    m_font = windowFont(QApplication::font());
    QApplication::setFont(m_font);
    connect(&m_desktop, &DesktopSettings::said, this, &Theme::take);
}

// Not waited for: without a session bus the platform's own palette decides, and the window is up at once.
void Theme::apply(const QString& wish)
{
    m_wish = wish;
    setDark(wish == QLatin1String("dark") || (wish == kSystem && m_platformIsDark));
    if (wish == kSystem) m_desktop.ask(kScheme.group, kScheme.key);
}

// Settings may hold anything.
void Theme::setTextSize(int percent)
{
    constexpr int kLeast = 75, kMost = 200;
    constexpr double kWhole = 100;
    QFont font = m_font;
    const double scale = std::clamp(percent, kLeast, kMost) / kWhole;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    else
        font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * scale))));
    QApplication::setFont(font);
}

void Theme::setDark(bool dark)
{
    QApplication::setPalette(paletteOf(dark ? darkTones() : lightTones()));
}

void Theme::reduceMotion(const QString& wish)
{
    m_motion = wish;
    if (m_style != nullptr) m_style->setAnimates(wish != kAlways);
    if (wish != kSystem) return;
    for (const Key& key : {kAnimations, kReduced}) m_desktop.ask(key.group, key.key);
}

void Theme::take(const QString& group, const QString& key, const QVariant& value)
{
    constexpr uint kNoPreference = 0, kWished = 1; // dark, or reduced
    const auto is = [&](const Key& one) { return group == one.group && key == one.key; };
    if (is(kScheme) && m_wish == kSystem && value.toUInt() != kNoPreference) setDark(value.toUInt() == kWished);
    if (m_motion != kSystem || m_style == nullptr) return;
    if (is(kAnimations)) m_style->setAnimates(value.toBool());
    if (is(kReduced) && value.toUInt() == kWished) m_style->setAnimates(false);
}

} // namespace headlens
