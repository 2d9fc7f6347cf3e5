// SPDX-License-Identifier: GPL-3.0-or-later
// Settings: what is chosen is remembered and takes effect at once, but for the engine command.
#pragma once

#include "app/menu.h"
#include "widgets/style/vision_lens.h"

namespace headlens {

class AppSettings;
class EngineClient;
class InspectionModel;
class Language;
class Theme;

class SettingsMenu : public Menu {
    Q_OBJECT
public:
    struct Parts {
        AppSettings* settings;
        InspectionModel* model;
        EngineClient* engine;
        Theme* theme;
        Language* language;
    };
    SettingsMenu(QMainWindow* window, const Parts& parts);

private:
    void buildComputing();
    void buildLooks();
    void buildSight();
    void askForEngine();

    Parts m_parts;
    VisionLens m_lens;
};

} // namespace headlens
