// SPDX-License-Identifier: GPL-3.0-or-later
// Film: opened, played, stepped, exported.
#pragma once

#include "app/menu.h"

namespace headlens {

class FigureExport;
class FilmPlayer;
class InspectionModel;
class MessageBar;

class FilmMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        InspectionModel* model;
        FilmPlayer* player;
        FigureExport* figures; // how an exported film looks
        MessageBar* messages;
    };
    FilmMenu(QMainWindow* window, const Parts& parts);

private:
    void choose();
    void exportFilm();

    Parts m_parts;
};

} // namespace headlens
