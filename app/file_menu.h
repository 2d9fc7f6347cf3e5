// SPDX-License-Identifier: GPL-3.0-or-later
// File: what is opened, what is done to files of models, what is exported.
#pragma once

#include "app/menu.h"
#include "app/open_menus.h"

namespace headlens {

class FigureExport;
class ModelFiles;
class Sessions;

class FileMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        OpenMenuParts open;
        ModelFiles* files;
        FigureExport* figures;
        Sessions* sessions;
        QAction* figure; // opens the composer
    };
    FileMenu(QMainWindow* window, Parts parts);

    // For the menus of the top bar.
    QList<QAction*> modelOpenings() const { return m_modelOpenings; }
    QList<QAction*> inputOpenings() const { return m_inputOpenings; }

private:
    void buildOpening();
    void buildSessions();
    void buildExport();
    // Filled whenever they are about to be shown.
    void buildRecent(const char* title, const QString& kind);
    void fillRecent(QMenu* menu, const QString& kind);

    Parts m_parts;
    QList<QAction*> m_modelOpenings, m_inputOpenings;
};

} // namespace headlens
