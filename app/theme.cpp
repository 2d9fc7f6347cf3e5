// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"

#include "widgets/style/tokens.h"
#include "widgets/style/window_style.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>

namespace headlens {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop"),
              kPath = QStringLiteral("/org/freedesktop/portal/desktop"),
              kInterface = QStringLiteral("org.freedesktop.portal.Settings"),
              kGroup = QStringLiteral("org.freedesktop.appearance"), kKey = QStringLiteral("color-scheme");

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent), m_style(new WindowStyle),
      m_platformIsDark(QApplication::palette().color(QPalette::Window).lightness() < 128)
{
    QApplication::setStyle(m_style);
    QApplication::setFont(windowFont(QApplication::font()));
    QDBusConnection::sessionBus().connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                                          SLOT(onPortalSetting(QString, QString, QDBusVariant)));
}

void Theme::apply(const QString& wish)
{
    m_wish = wish;
    setDark(wish == QLatin1String("dark") || (wish == QLatin1String("system") && m_platformIsDark));
    if (wish == QLatin1String("system")) askPortal();
}

void Theme::setDark(bool dark)
{
    QApplication::setPalette(paletteOf(dark ? darkTones() : lightTones()));
}

// Not waited for: without a session bus the platform's own palette decides, and the window is up at once.
void Theme::askPortal()
{
    if (!QDBusConnection::sessionBus().isConnected()) return;
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) onPortalSetting(kGroup, kKey, reply.value());
        watcher->deleteLater();
    });
}

void Theme::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group != kGroup || key != kKey || m_wish != QLatin1String("system")) return;
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant(); // Read wraps twice
    constexpr uint kNoPreference = 0, kDark = 1;
    if (inner.toUInt() != kNoPreference) setDark(inner.toUInt() == kDark);
}

} // namespace headlens
