// SPDX-License-Identifier: GPL-3.0-or-later
// Light and dark, moving or still: as the desktop says, or as the person chose.
#pragma once

#include "app/desktop_settings.h"

#include <QFont>
#include <QObject>
#include <QPointer>
#include <QString>

namespace headlens {

class WindowStyle;

class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject* parent = nullptr);
    // system, light or dark. "system" asks the desktop and follows its changes.
    void apply(const QString& wish);
    // Whether motion is reduced: system, always or never.
    void reduceMotion(const QString& wish);
    void setTextSize(int percent); // of the desktop's
    // What the desktop says; of other keys nothing is taken.
    void take(const QString& group, const QString& key, const QVariant& value);

private:
    void setDark(bool dark);

    DesktopSettings m_desktop;
    QPointer<WindowStyle> m_style; // the application owns it, until it gets another
    QString m_wish, m_motion;
    QFont m_font; // at 100 %
    bool m_platformIsDark;
};

} // namespace headlens
