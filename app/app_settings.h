// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered between sessions; every key and default stands here.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace headlens {

class AppSettings {
public:
    // Tests pass a file of their own; empty: the user's settings.
    explicit AppSettings(const QString& file = {});

    QString engineCommand() const { return text("engine/command", {}); } // empty: headlens-cli beside the program
    void setEngineCommand(const QString& command) { m_settings.setValue("engine/command", command); }
    QString device() const { return text("engine/device", "auto"); }
    void setDevice(const QString& device) { m_settings.setValue("engine/device", device); }
    QString precision() const { return text("engine/precision", "float32"); }
    void setPrecision(const QString& precision) { m_settings.setValue("engine/precision", precision); }
    QString language() const { return text("view/language", "system"); } // system, en, zh_CN
    void setLanguage(const QString& language) { m_settings.setValue("view/language", language); }
    QString theme() const { return text("view/theme", "system"); } // system, light, dark
    void setTheme(const QString& theme) { m_settings.setValue("view/theme", theme); }

    QString figureStart() const { return text("figure/start", "head_grid"); } // what the composer begins with
    void setFigureStart(const QString& start) { m_settings.setValue("figure/start", start); }
    bool showsStartPage() const { return m_settings.value("start/show", true).toBool(); }
    void setShowsStartPage(bool shown) { m_settings.setValue("start/show", shown); }
    double presenterScale() const { return m_settings.value("presenter/scale", 1.6).toDouble(); } // of the font
    void setPresenterScale(double scale) { m_settings.setValue("presenter/scale", scale); }

    // In which to look for models, besides those that the engine knows: paths on the engine's machine.
    QStringList modelFolders() const { return m_settings.value("models/folders").toStringList(); }
    void addModelFolder(const QString& folder);
    void forgetModelFolder(const QString& folder);

    QByteArray geometry() const { return m_settings.value("window/geometry").toByteArray(); }
    QByteArray layout() const { return m_settings.value("window/layout").toByteArray(); }
    void setWindow(const QByteArray& geometry, const QByteArray& layout);

    // Newest first, at most so many of a kind ("pictures", "models", "commands").
    QStringList recent(const QString& kind) const { return m_settings.value("recent/" + kind).toStringList(); }
    void addRecent(const QString& kind, const QString& path, qsizetype most = 10);
    void forgetRecent(const QString& kind) { m_settings.remove("recent/" + kind); }

private:
    QString text(const char* key, const char* fallback) const
    {
        return m_settings.value(key, QString::fromLatin1(fallback)).toString();
    }
    QSettings m_settings;
};

} // namespace headlens
