// SPDX-License-Identifier: GPL-3.0-or-later
// Help: keys and gestures, the words of the field, lessons, what this program is.
#pragma once

#include "app/menu.h"

namespace headlens {

class EngineClient;
class HelpWindow;
class Workspaces;

class HelpMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        HelpWindow* help;
        Workspaces* workspaces;
        EngineClient* engine;
    };
    HelpMenu(QMainWindow* window, const Parts& parts);

private:
    void showAbout();

    Parts m_parts;
};

} // namespace headlens
