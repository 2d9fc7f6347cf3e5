// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/change_baseline.h"
#include "app/change_chips.h"
#include "app/command_palette.h"
#include "app/dino_view.h"
#include "app/dock_visibility.h"
#include "app/edit_menu.h"
#include "app/figure_action.h"
#include "app/figure_export.h"
#include "app/file_menu.h"
#include "app/film_menu.h"
#include "app/focus_ring.h"
#include "app/help/help_menu.h"
#include "app/help/help_window.h"
#include "app/hidden_docks.h"
#include "app/history/keeping.h"
#include "app/history/sessions.h"
#include "app/lesson_actions.h"
#include "app/lesson_director.h"
#include "app/lesson_menu.h"
#include "app/lesson_return.h"
#include "app/look_menu.h"
#include "app/model_files.h"
#include "app/notices.h"
#include "app/openings.h"
#include "app/pane_sources.h"
#include "app/pane_titles.h"
#include "app/play_layers.h"
#include "app/presenter.h"
#include "app/presenter_panels.h"
#include "app/screen_fit.h"
#include "app/settings_menu.h"
#include "app/start_actions.h"
#include "app/start_screen.h"
#include "app/status_line.h"
#include "app/top_bar.h"
#include "app/view_docks.h"
#include "app/view_menu.h"
#include "app/workspace_rail.h"
#include "app/workspaces.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/button_keys.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/wheel_guard.h"
#include "widgets/compare/side_by_side.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/start/lesson_list.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/text_caption.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/history.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>

#include <utility>

namespace headlens {

MainWindow::MainWindow(AppSettings* settings, EngineClient* engine, QWidget* parent)
    : QMainWindow(parent), m_settings(settings), m_engine(engine), m_selection(new Selection(this)),
      m_display(new DisplaySettings(this)), m_inspection(new InspectionModel(engine, m_selection, this))
{
    m_theme.apply(settings->theme());
    m_theme.reduceMotion(settings->reducesMotion());
    m_theme.setTextSize(settings->textSize());
    m_language.apply(settings->language());
    qApp->installEventFilter(new WheelGuard(this));
    qApp->installEventFilter(new ButtonKeys(this));
    new FocusRing(this);
    m_fit = new ScreenFit(this); // before there are tabs
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    m_inspection->loader()->setDevice(settings->device());
    m_inspection->loader()->setPrecision(settings->precision());
    buildViews();
    buildLessons();
    buildOpenings();
    buildStages();
    buildMenus();
    retranslate();
    m_workspaces->begin();
    canvas()->setFocus();
}

void MainWindow::buildViews()
{
    const ViewContext context{m_inspection, m_selection, m_display};
    m_centre = new Centre(context);
    setCentralWidget(m_centre);
    m_docks = new ViewDocks(this, context);
    new PaneTitles(this);
    m_status = new StatusLine(m_inspection, m_selection);
    setStatusBar(m_status);
    m_figures = new FigureExport(m_inspection, m_selection, m_display, m_centre->messages(), this);
    m_playing = new PlayLayers(m_selection->heads(), this);
    m_centre->setPlayAction(m_playing->action());
    m_dino = new DinoView({m_inspection, m_selection, m_display, m_centre->messages()}, this);
    connect(m_display, &DisplaySettings::changed, this, [this] {
        const Display& d = m_display->get();
        m_inspection->components()->want(d.ground == Ground::Components,
                                         d.sharpComponents ? QStringLiteral("v3") : QStringLiteral("v2"));
    });
}

void MainWindow::buildLessons()
{
    LessonDirector::Window window{
        [this](const TextRequest& wish) { textPane()->fill(wish); },
        [this](int tokens) { m_docks->view<GenerationPanel>()->write(tokens); },
        [this](const QString& view) { m_viewNames->show(view); }, [this] { canvas()->fitToWindow(); },
        [this](const QString& workspace) { m_workspaces->show(workspace.isEmpty() ? kLearnWorkspace : workspace); }};
    auto* stage = new LessonDirector(m_inspection, m_selection, std::move(window), this);
    m_lessons = new LessonActions({this, m_docks->dock(QStringLiteral("lesson")), m_docks->view<LessonPlayer>(), stage,
                                   m_playing->action(), m_centre->messages()});
}

void MainWindow::buildOpenings()
{
    setAcceptDrops(true);
    auto* strip = m_docks->view<Filmstrip>();
    auto* notices = new Notices({m_inspection, m_centre->messages(), strip}, this);
    m_openings = new Openings({this, m_settings, m_inspection, player(), strip, m_centre->messages()});
    connect(notices, &Notices::pictureUnreadable, m_openings, &Openings::openAnother);
    connect(m_inspection, &InspectionModel::inputChanged, this, &MainWindow::nameWindow);
    m_keeping = new Keeping({this, m_settings, m_inspection, m_selection, m_display, m_centre, m_docks, m_figures,
                             m_openings, [this] { return m_workspaces->current(); },
                             [this](const QString& workspace) { m_workspaces->show(workspace); }});
}

void MainWindow::buildStages()
{
    auto* lessonDock = m_docks->dock(QStringLiteral("lesson"));
    LessonPlayer* lessons = m_lessons->player();
    MessageBar* messages = m_centre->messages();
    auto* quiet = new HiddenDocks(this, Workspaces::kVersion);
    auto* offers = new DockVisibility(this, m_inspection, quiet);
    m_fit->follow(m_inspection, quiet);
    m_presenter =
        new Presenter({this, quiet, lessonDock, lessons, m_selection->heads(), m_settings, m_centre->tools()});
    m_start = new StartScreen({m_centre->stack(), quiet, m_inspection, m_settings}, this);
    m_startActions = new StartActions({this, m_start, m_openings, m_lessons, m_inspection, textPane(), messages});
    joinPanes({this, m_docks->view<SideBySide>(), canvas(), m_keeping->sessions(), openParts()});
    new PresenterPanels({m_presenter, m_docks, lessons, m_inspection, messages}, this);
    m_workspaces = new Workspaces({this, m_docks, quiet, offers, m_fit, m_presenter, m_start, lessons, m_settings});
    new ChangeBaseline(m_inspection, m_workspaces, lessons, this);
    m_viewNames.emplace(ViewNames::Parts{m_inspection, m_selection, m_display, m_docks, m_workspaces, m_dino, m_start});
    joinStages();
}

void MainWindow::joinStages()
{
    new LessonReturn(m_lessons, m_keeping->bench(), m_keeping->history()); // first: it takes what is there now
    connect(m_openings, &Openings::opens, m_start, &StartScreen::leave);
    connect(m_lessons, &LessonActions::opens, m_workspaces, &Workspaces::openLesson);
    connect(m_lessons, &LessonActions::closed, m_workspaces, &Workspaces::closeLesson);
    connect(m_workspaces, &Workspaces::focusLost, m_centre, &Centre::focusMaps);
    connect(m_workspaces, &Workspaces::layoutUnreadable, this, [this](const QString& workspace) {
        m_centre->messages()->say(
            MessageBar::Kind::Warning,
            tr("The layout of %1 could not be read: it is as at first, the old one is kept in the settings as .bad.")
                .arg(workspace));
    });
    connect(m_lessons, &LessonActions::opened, m_presenter, &Presenter::showDocks);
    LessonList* list = m_lessons->player()->list();
    connect(list, &LessonList::chosen, m_lessons, [this](const QString& folder) { m_lessons->open(folder); });
    connect(m_start, &StartScreen::lessonsChanged, list, [this, list] { list->setLessons(m_start->lessons()); });
    connect(m_start, &StartScreen::changed, this, &MainWindow::nameWindow);
    connect(m_start, &StartScreen::left, m_presenter, &Presenter::showDocks);
    connect(m_presenter, &Presenter::entered, m_centre->caption(), [this] { m_centre->caption()->setWanted(true); });
    connect(m_presenter, &Presenter::left, m_centre->caption(), [this] { m_centre->caption()->setWanted(false); });
    connect(m_start, &StartScreen::left, m_centre, &Centre::focusMaps);
}

void MainWindow::buildMenus()
{
    MessageBar* messages = m_centre->messages();
    auto* files = new ModelFiles(m_inspection, messages, this);
    m_figure = new FigureAction(
        {this, m_inspection, m_selection, m_display, m_docks->view<Filmstrip>(), m_settings, m_engine->command()});
    connect(m_figure, &FigureAction::specChanged, m_keeping->sessions(), &Sessions::keepFigure);
    connect(m_keeping->sessions(), &Sessions::figureRead, m_figure, &FigureAction::remember);
    auto* file = new FileMenu(this, {openParts(), files, m_figures, m_keeping->sessions(), m_figure->action()});
    auto* edit = new EditMenu(this, {m_keeping->history()->stack(), m_keeping->copies(), m_openings, canvas(),
                                     [this] { m_workspaces->showBeside(QStringLiteral("history")); }});
    m_menus << file << edit << new LookMenu(this, {m_inspection, m_selection, m_playing, m_dino})
            << new FilmMenu(this, {m_inspection, player(), m_figures, messages}) << new LessonMenu(this, m_lessons);
    auto* help = new HelpWindow(this);
    m_palette = new CommandPalette(this, m_settings,
                                   {m_inspection, m_selection, m_display, viewNames(), m_docks, m_start, help});
    auto* rail = new WorkspaceRail(m_workspaces, this);
    addToolBar(Qt::LeftToolBarArea, rail);
    m_menus << new ViewMenu(this, {canvas(), m_start, m_presenter, m_docks, m_palette, m_workspaces, rail->choices()});
    auto* settings = new SettingsMenu(this, {m_settings, m_inspection, m_engine, &m_theme, &m_language});
    m_menus << settings << new HelpMenu(this, {help, m_workspaces, m_engine});
    buildTopBar(*file, *edit, *settings);
}

OpenMenuParts MainWindow::openParts() const
{
    return {m_openings, m_settings, m_inspection, m_start->finder(), m_start->recents(), m_startActions};
}

void MainWindow::buildTopBar(const FileMenu& file, const EditMenu& edit, const SettingsMenu& settings)
{
    auto* bar = new TopBar({openParts(),
                            file.modelOpenings(),
                            file.inputOpenings(),
                            settings.computing(),
                            m_palette->action(),
                            {edit.undoAction(), edit.redoAction()},
                            m_figure->action()},
                           this);
    addToolBar(Qt::TopToolBarArea, bar);
    connect(m_workspaces, &Workspaces::changed, bar->changes(), [chips = bar->changes()](const QString& workspace) {
        chips->offerBaseline(workspace == kCompareWorkspace);
    });
}

void MainWindow::setSize(const QSize& size)
{
    m_workspaces->setSize(size);
}

QString MainWindow::message() const
{
    return m_centre->messages()->text();
}

void MainWindow::retranslate()
{
    for (Menu* menu : m_menus) menu->retranslate();
    m_docks->retranslate();
    m_lessons->retranslate();
    nameWindow();
    m_start->fill(); // titles of lessons
}

// After what is shown: below the start page nothing is.
void MainWindow::nameWindow()
{
    m_status->setQuiet(m_start->isShown());
    if (m_start->isShown() || !m_inspection->hasInput()) return setWindowTitle(tr("HeadLens"));
    const QString model = QString::fromStdString(m_inspection->model().name);
    const QString picture = QString::fromStdString(m_inspection->input().name).section(QLatin1Char('/'), -1);
    const bool looks = m_inspection->model().takesPictures && !picture.isEmpty();
    setWindowTitle(looks ? tr("%1 – %2 – HeadLens").arg(picture, model) : tr("%1 – HeadLens").arg(model));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    m_openings->open(openingOf(*event->mimeData()));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_workspaces->remember();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QMainWindow::changeEvent(event);
}

} // namespace headlens
