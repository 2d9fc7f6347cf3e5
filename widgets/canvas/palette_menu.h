// SPDX-License-Identifier: GPL-3.0-or-later
// Which colours a weight has, and how much of the picture they cover. Window's thread.
#pragma once

#include "widgets/canvas/tool_menu.h"
#include "widgets/viewmodel/display_settings.h"

class QLabel;
class QSlider;

namespace headlens {

class PaletteMenu : public ToolMenu {
    Q_OBJECT
public:
    explicit PaletteMenu(DisplaySettings* display, QWidget* parent = nullptr);

    QString text() const; // of the field

private:
    void follow() override;
    void retranslate() override;
    void addPalette(const QString& name, QActionGroup* group);
    void buildOpacity();

    DisplaySettings* m_display;
    QLabel* m_opacityName = nullptr;
    QSlider* m_opacity = nullptr;
};

} // namespace headlens
