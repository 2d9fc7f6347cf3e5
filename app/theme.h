// SPDX-License-Identifier: GPL-3.0-or-later
// Light and dark: as the desktop says, or as the person chose.
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace headlens {

class WindowStyle;

class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject* parent = nullptr);
    // system, light or dark. "system" asks the desktop portal and follows its changes.
    void apply(const QString& wish);

private Q_SLOTS:
    void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void setDark(bool dark);

    WindowStyle* m_style; // the application owns it
    QString m_wish;
    bool m_platformIsDark;
};

} // namespace headlens
