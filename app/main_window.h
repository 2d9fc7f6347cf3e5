// SPDX-License-Identifier: GPL-3.0-or-later
// The one window: docks around the canvas. Owns the view-models and what works on them, and joins them; none of these
// knows the window.
#pragma once

#include "app/app_settings.h"
#include "app/centre.h"
#include "app/language.h"
#include "app/open_menus.h"
#include "app/theme.h"
#include "app/view_names.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QMainWindow>

#include <optional>

namespace headlens {

class CommandPalette;
class DinoView;
class EditMenu;
class FigureAction;
class FigureExport;
class FileMenu;
class Keeping;
class LessonActions;
class Menu;
class Openings;
class PlayLayers;
class Presenter;
class ScreenFit;
class SettingsMenu;
class StartActions;
class StartScreen;
class StatusLine;
class ViewDocks;
class Workspaces;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(AppSettings* settings, EngineClient* engine, QWidget* parent = nullptr);

    InspectionModel* inspection() { return m_inspection; }
    Selection* selection() { return m_selection; }
    DisplaySettings* display() { return m_display; }
    Canvas* canvas() { return m_centre->canvas(); }
    TextPane* textPane() { return m_centre->text(); }
    FilmPlayer* player() { return m_centre->player(); }
    Openings* openings() { return m_openings; }
    LessonActions* lessons() { return m_lessons; }
    StartScreen* start() { return m_start; }
    Presenter* presenter() { return m_presenter; }
    FigureExport* figures() { return m_figures; }
    Keeping* keeping() { return m_keeping; }
    FigureAction* figure() { return m_figure; } // its composer
    ViewNames* viewNames() { return &*m_viewNames; }
    CommandPalette* palette() { return m_palette; }
    Workspaces* workspaces() { return m_workspaces; }
    QString message() const;
    // As --size asks: stays so on a smaller screen, which a picture of the window has no need of.
    void setSize(const QSize& size);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildViews();
    void buildLessons();
    void buildOpenings();
    void buildStages(); // start page and presenter mode
    void joinStages();
    void buildMenus();
    void buildTopBar(const FileMenu& file, const EditMenu& edit, const SettingsMenu& settings);
    OpenMenuParts openParts() const;
    void retranslate();
    void nameWindow();

    AppSettings* m_settings;
    EngineClient* m_engine;
    Theme m_theme;
    Language m_language;
    Selection* m_selection;
    DisplaySettings* m_display;
    InspectionModel* m_inspection;
    ScreenFit* m_fit;
    Centre* m_centre = nullptr;
    ViewDocks* m_docks = nullptr;
    StatusLine* m_status = nullptr;
    FigureExport* m_figures = nullptr;
    FigureAction* m_figure = nullptr;
    PlayLayers* m_playing = nullptr;
    DinoView* m_dino = nullptr;
    LessonActions* m_lessons = nullptr;
    Openings* m_openings = nullptr;
    Keeping* m_keeping = nullptr;
    Presenter* m_presenter = nullptr;
    StartScreen* m_start = nullptr;
    StartActions* m_startActions = nullptr;
    Workspaces* m_workspaces = nullptr;
    CommandPalette* m_palette = nullptr;
    std::optional<ViewNames> m_viewNames;
    QList<Menu*> m_menus;
};

} // namespace headlens
