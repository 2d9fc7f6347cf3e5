// SPDX-License-Identifier: GPL-3.0-or-later
// File: what is opened, what is done to files of models, what is exported.
#pragma once

#include "app/menu.h"

namespace headlens {

class AppSettings;
class FigureExport;
class InspectionModel;
class ModelFiles;
class Openings;

class FileMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        Openings* openings;
        ModelFiles* files;
        FigureExport* figures;
        InspectionModel* model;
        AppSettings* settings;
        QAction* figure; // opens the composer
    };
    FileMenu(QMainWindow* window, const Parts& parts);

private:
    void buildOpening();
    void buildExport();
    // Filled whenever they are about to be shown.
    void buildRecent(const char* title, const QString& kind);
    void fillRecent(QMenu* menu, const QString& kind);
    void fillEmbedded(QMenu* menu);

    Parts m_parts;
};

} // namespace headlens
