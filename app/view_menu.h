// SPDX-License-Identifier: GPL-3.0-or-later
// View: workspaces, zoom, start page, presenter mode, the docks.
#pragma once

#include "app/menu.h"

namespace headlens {

class Canvas;
class CommandPalette;
class Presenter;
class StartScreen;
class ViewDocks;
class Workspaces;

class ViewMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        Canvas* canvas;
        StartScreen* start;
        Presenter* presenter;
        ViewDocks* docks;
        CommandPalette* palette;
        Workspaces* workspaces;
        QList<QAction*> choices; // of the rail
    };
    ViewMenu(QMainWindow* window, Parts parts);

private:
    void buildZoom();

    Parts m_parts;
};

} // namespace headlens
