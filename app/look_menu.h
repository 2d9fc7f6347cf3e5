// SPDX-License-Identifier: GPL-3.0-or-later
// Look: layers, heads, direction, the DINO view, and the run that is held to compare.
#pragma once

#include "app/menu.h"

namespace headlens {

class DinoView;
class InspectionModel;
class PlayLayers;
class Selection;

class LookMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        InspectionModel* model;
        Selection* selection;
        PlayLayers* playing;
        DinoView* dino;
    };
    LookMenu(QMainWindow* window, const Parts& parts);

private:
    void buildSteps();

    Parts m_parts;
};

} // namespace headlens
