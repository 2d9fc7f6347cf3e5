// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/app_settings.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace headlens {

AppSettings::AppSettings(const QString& file)
    : m_isUsers(file.isEmpty()),
      m_settings(file.isEmpty()
                     ? QSettings(QSettings::IniFormat, QSettings::UserScope, "HeadLens", "HeadLens").fileName()
                     : file,
                 QSettings::IniFormat)
{
}

QString AppSettings::stateFolder() const
{
    return m_isUsers ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                     : QFileInfo(m_settings.fileName()).path() + QStringLiteral("/state");
}

void AppSettings::setWindow(const QByteArray& geometry, const QByteArray& layout)
{
    m_settings.setValue("window/geometry", geometry);
    m_settings.setValue("window/layout", layout);
}

void AppSettings::addModelFolder(const QString& folder)
{
    QStringList folders = modelFolders();
    if (folders.contains(folder)) return;
    m_settings.setValue("models/folders", folders << folder);
}

void AppSettings::forgetModelFolder(const QString& folder)
{
    QStringList folders = modelFolders();
    folders.removeAll(folder);
    m_settings.setValue("models/folders", folders);
}

void AppSettings::addRecent(const QString& kind, const QString& path, qsizetype most)
{
    QStringList paths = recent(kind);
    paths.removeAll(path);
    paths.prepend(path);
    m_settings.setValue("recent/" + kind, paths.mid(0, most));
}

} // namespace headlens
