// SPDX-License-Identifier: GPL-3.0-or-later
// What the desktop wishes for every program: the portal's Settings, asked once and followed. Nothing is waited for.
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>
#include <QVariant>

namespace headlens {

class DesktopSettings : public QObject {
    Q_OBJECT
public:
    explicit DesktopSettings(QObject* parent = nullptr);
    // Answered by said(), or never: without a session bus or a portal.
    void ask(const QString& group, const QString& key);

Q_SIGNALS:
    // Asked for, or changed.
    void said(const QString& group, const QString& key, const QVariant& value);

private Q_SLOTS:
    void onChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

} // namespace headlens
