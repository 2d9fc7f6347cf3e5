// SPDX-License-Identifier: GPL-3.0-or-later
// What the strongest colour stands for, and which patches are painted. Window's thread.
#pragma once

#include "widgets/canvas/tool_menu.h"
#include "widgets/viewmodel/display_settings.h"

namespace headlens {

class ScaleMenu : public ToolMenu {
    Q_OBJECT
public:
    explicit ScaleMenu(DisplaySettings* display, QWidget* parent = nullptr);

    QString text() const; // of the field

private:
    void buildMass();

    DisplaySettings* m_display;
};

} // namespace headlens
