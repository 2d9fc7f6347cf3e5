// SPDX-License-Identifier: GPL-3.0-or-later
// What lies below the map and how the picture is brought to the model. Window's thread.
#pragma once

#include "widgets/canvas/tool_menu.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

class HiddenShare;

class PictureMenu : public ToolMenu {
    Q_OBJECT
public:
    PictureMenu(InspectionModel* model, DisplaySettings* display, QWidget* parent = nullptr);

private:
    void buildGrounds();
    void buildComponents();
    void buildFits();
    void buildGrids();
    void follow() override;
    bool hides() const { return m_model->model().maskRatio > 0; }

    InspectionModel* m_model;
    DisplaySettings* m_display;
    QMenu* m_components = nullptr;
    QAction* m_hidden = nullptr; // the line of the share
};

} // namespace headlens
