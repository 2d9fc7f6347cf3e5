// SPDX-License-Identifier: GPL-3.0-or-later
// What the panes beside the main picture take from the window: its canvas, lines of their menus, and the session that
// keeps them.
#pragma once

#include "app/open_menus.h"

class QWidget;

namespace headlens {

class Canvas;
class Sessions;
class SideBySide;

struct PaneParts {
    QWidget* window; // of the dialogs
    SideBySide* panes;
    Canvas* canvas;
    Sessions* sessions;
    OpenMenuParts open;
};
void joinPanes(const PaneParts& parts);

} // namespace headlens
