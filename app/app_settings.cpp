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

void AppSettings::setAsideLayout(const QString& workspace)
{
    m_settings.setValue("layouts/" + workspace + ".bad", layout(workspace));
    m_settings.remove("layouts/" + workspace);
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

void AppSettings::forgetRecent(const QString& kind, const QString& path)
{
    QStringList paths = recent(kind);
    paths.removeAll(path);
    m_settings.setValue("recent/" + kind, paths);
}

} // namespace headlens
