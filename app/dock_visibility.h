// SPDX-License-Identifier: GPL-3.0-or-later
// Docks of mechanisms that the shown run does not have step out of the tab bars, and come back with a run that has
// them. What a person opened or closed by hand is left as it is.
#pragma once

#include <QObject>
#include <QSet>

class QDockWidget;
class QMainWindow;

namespace headlens {

class InspectionModel;
class HiddenDocks;
struct Workspace;

class DockVisibility : public QObject {
    Q_OBJECT
public:
    // All three must outlive it. Called when all docks are there.
    DockVisibility(QMainWindow* window, InspectionModel* model, HiddenDocks* quiet);

    // Every dock that stepped out is there again; before the layout is kept.
    void restore();
    // Another workspace, whose layout is there as it was left: what was opened by hand is forgotten.
    void beginAgain(const Workspace& workspace);
    // Shows a dock by hand, in front of those that it shares its place with.
    void open(QDockWidget* dock);

private:
    void settle();
    bool isOffered(const QDockWidget* dock) const;

    QMainWindow* m_window;
    InspectionModel* m_model;
    HiddenDocks* m_quiet;
    const Workspace* m_workspace = nullptr;
    QSet<QDockWidget*> m_taken, m_opened; // stepped out; opened by hand
};

} // namespace headlens
