// SPDX-License-Identifier: GPL-3.0-or-later
// What is changed all the time, above the picture or the text: how the map lies over it, its direction, colours, scale,
// what is mapped, and which picture lies below. Beside a text alone only what means something there. Window's thread.
#pragma once

#include "widgets/canvas/tool_row.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <functional>
#include <vector>

namespace headlens {

class BrushMenu;
class CanvasBrush;
class MapMenu;
class PaletteMenu;
class PictureMenu;
class ScaleMenu;

class CanvasTools : public ToolRow {
    Q_OBJECT
public:
    CanvasTools(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void addBrush(CanvasBrush* brush); // at the end of the row
    BrushMenu* brushes() const { return m_brushes; }
    MapMenu* maps() const { return m_maps; }
    PaletteMenu* palettes() const { return m_palettes; }
    ScaleMenu* scales() const { return m_scales; }
    PictureMenu* pictures() const { return m_pictures; }

protected:
    void changeEvent(QEvent* event) override;

private:
    // A button that is on while something is so.
    struct Tool {
        const char *text, *tip; // of this class (QT_TR_NOOP)
        Icon icon;
        bool hasIcon;
        std::function<bool()> isOn;
        std::function<void()> choose;
    };
    struct Made {
        QAction* action;
        Tool tool;
    };
    QAction* make(Tool tool);
    QList<QAction*> styles();
    QList<QAction*> samplings();
    QList<QAction*> directions();
    void build();
    void buildFields();
    void offer();
    bool hasPicture() const;
    void follow();
    void followFields();
    void retranslate();

    InspectionModel* m_model;
    Selection* m_selection;
    DisplaySettings* m_display;
    PaletteMenu* m_palettes;
    ScaleMenu* m_scales;
    MapMenu* m_maps;
    PictureMenu* m_pictures;
    BrushMenu* m_brushes = nullptr; // until there is a brush
    std::vector<Made> m_made;
    int m_style = 0, m_sampling = 0, m_direction = 0; // parts of the row
    int m_palette = 0, m_scale = 0, m_map = 0, m_picture = 0, m_brush = -1;
};

} // namespace headlens
