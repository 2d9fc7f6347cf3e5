// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop_settings.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace headlens {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop"),
              kPath = QStringLiteral("/org/freedesktop/portal/desktop"),
              kInterface = QStringLiteral("org.freedesktop.portal.Settings");

} // namespace

DesktopSettings::DesktopSettings(QObject* parent) : QObject(parent)
{
    QDBusConnection::sessionBus().connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                                          SLOT(onChanged(QString, QString, QDBusVariant)));
}

void DesktopSettings::ask(const QString& group, const QString& key)
{
    if (!QDBusConnection::sessionBus().isConnected()) return;
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) onChanged(group, key, reply.value());
        watcher->deleteLater();
    });
}

void DesktopSettings::onChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant(); // Read wraps twice
    Q_EMIT said(group, key, inner);
}

} // namespace headlens
