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
    QString reducesMotion() const { return text("view/reduce-motion", "system"); } // system, always, never
    void setReducesMotion(const QString& wish) { m_settings.setValue("view/reduce-motion", wish); }

    int textSize() const { return m_settings.value("view/text-size", 100).toInt(); } // percent of the desktop's
    void setTextSize(int percent) { m_settings.setValue("view/text-size", percent); }

    // Where what was open is kept for the case of a crash. Beside a settings file of one's own, else the user's folder.
    QString stateFolder() const;

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
    void setGeometry(const QByteArray& geometry) { m_settings.setValue("window/geometry", geometry); }
    // Of the docks, by workspace.
    QByteArray layout(const QString& workspace) const { return m_settings.value("layouts/" + workspace).toByteArray(); }
    void setLayout(const QString& workspace, const QByteArray& layout)
    {
        m_settings.setValue("layouts/" + workspace, layout);
    }
    void setAsideLayout(const QString& workspace); // that could not be read: kept beside as .bad
    QString workspace() const { return text("window/workspace", "look"); }
    void setWorkspace(const QString& workspace) { m_settings.setValue("window/workspace", workspace); }

    // Newest first, at most so many of a kind ("pictures", "models", "texts", "sessions", "commands").
    QStringList recent(const QString& kind) const { return m_settings.value("recent/" + kind).toStringList(); }
    void addRecent(const QString& kind, const QString& path, qsizetype most = 10);
    void forgetRecent(const QString& kind) { m_settings.remove("recent/" + kind); }
    void forgetRecent(const QString& kind, const QString& path);

    // The farthest step of a lesson that was shown, from 1; 0: not begun. `lesson`: the name of its folder.
    int lessonReached(const QString& lesson) const { return m_settings.value("lessons/" + lesson, 0).toInt(); }
    void setLessonReached(const QString& lesson, int step) { m_settings.setValue("lessons/" + lesson, step); }

private:
    QString text(const char* key, const char* fallback) const
    {
        return m_settings.value(key, QString::fromLatin1(fallback)).toString();
    }
    bool m_isUsers; // and no file of one's own
    QSettings m_settings;
};

} // namespace headlens
