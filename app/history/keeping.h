// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers of itself: steps to undo, sessions, what was open before a crash, figures that are copied.
// Owns and joins them.
#pragma once

#include "widgets/viewmodel/workbench.h"

#include <QObject>

class QMainWindow;

namespace headlens {

class AppSettings;
class Autosave;
class Centre;
class FigureCopies;
class FigureExport;
class History;
class Openings;
class Sessions;
class ViewDocks;

class Keeping : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow* window;
        AppSettings* settings;
        InspectionModel* model;
        Selection* selection;
        DisplaySettings* display;
        Centre* centre;
        ViewDocks* docks;
        FigureExport* figures;
        Openings* openings;
        // Where one stands in the window; kept by sessions.
        std::function<QString()> workspace = [] { return QString(); };
        std::function<void(const QString&)> showWorkspace = [](const QString&) {};
    };
    explicit Keeping(const Parts& parts);

    Workbench* bench() const { return m_bench; }
    History* history() const { return m_history; }
    Sessions* sessions() const { return m_sessions; }
    Autosave* autosave() const { return m_autosave; }
    FigureCopies* copies() const { return m_copies; }
    // After a crash: a message that brings back what was open. False where nothing was left behind.
    bool offerLeftover();

private:
    Workbench::Window windowFor(const Parts& parts);

    Parts m_parts;
    Workbench* m_bench;
    History* m_history;
    Sessions* m_sessions;
    Autosave* m_autosave;
    FigureCopies* m_copies;
};

} // namespace headlens
