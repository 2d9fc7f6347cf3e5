// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/dock_offers.h"
#include "app/figure_export.h"
#include "app/focus_ring.h"
#include "app/presenter.h"
#include "app/quiet_layout.h"
#include "app/screen_fit.h"
#include "app/status_line.h"
#include "core/base/error.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/wheel_guard.h"
#include "widgets/history/training_view.h"
#include "widgets/life/life_view.h"
#include "widgets/mechanisms/cost_view.h"
#include "widgets/mechanisms/formula_view.h"
#include "widgets/mechanisms/memory_view.h"
#include "widgets/mechanisms/routing_view.h"
#include "widgets/mechanisms/switches_panel.h"
#include "widgets/panels/controls_panel.h"
#include "widgets/panels/film_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/panels/head_grid.h"
#include "widgets/panels/model_panel.h"
#include "widgets/panels/predictions_panel.h"
#include "widgets/plots/matrix_plot.h"
#include "widgets/plots/row_plot.h"
#include "widgets/start/start_page.h"
#include "widgets/text/contrast_view.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/lines_view.h"
#include "widgets/text/pair_view.h"
#include "widgets/text/positions_view.h"
#include "widgets/text/text_pane.h"
#include "widgets/text/three_attentions.h"
#include "widgets/text/tiles_view.h"
#include "widgets/text/token_strip.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/windows/shift_view.h"
#include "widgets/windows/windows_panel.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace headlens {
MainWindow::MainWindow(AppSettings* settings, EngineClient* engine, QWidget* parent)
    : QMainWindow(parent), m_settings(settings), m_selection(new Selection(this)), m_display(new DisplaySettings(this)),
      m_inspection(new InspectionModel(engine, m_selection, this)), m_engine(engine)
{
    m_theme.apply(settings->theme());
    m_language.apply(settings->language());
    qApp->installEventFilter(new WheelGuard(this));
    new FocusRing(this);
    m_fit = new ScreenFit(this); // before there are tabs
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    m_inspection->setDevice(settings->device());
    m_inspection->setPrecision(settings->precision());
    buildCanvas();
    buildDocks();
    buildMenus();
    setStatusBar(new StatusLine(m_inspection, m_selection));
    report();
    retranslate();
    arrangeDocks();
    m_defaultLayout = saveState(kLayoutVersion);
    restoreGeometry(settings->geometry());
    restoreState(settings->layout(), kLayoutVersion);
    m_playing.setInterval(700);
    connect(&m_playing, &QTimer::timeout, this,
            [this] { m_selection->setLayer((m_selection->layer() + 1) % m_selection->layers()); });
    connect(m_display, &DisplaySettings::changed, this, [this] {
        const Display& d = m_display->get();
        m_inspection->setComponents(d.ground == Ground::Components,
                                    d.sharpComponents ? QStringLiteral("v3") : QStringLiteral("v2"));
    });
    connect(m_selection, &Selection::mapChanged, this, [this] { // one head: no longer the DINO view
        if (!m_maskBeforeDino || m_selection->overlaysHeads()) return;
        m_display->change(
            [before = *std::exchange(m_maskBeforeDino, std::nullopt)](Display& d) { d.maskByMass = before; });
    });
    buildStages();
    m_canvas->setFocus();
}

void MainWindow::buildCanvas()
{
    auto* centre = new QWidget;
    auto* all = new QVBoxLayout(centre);
    auto* maps = new QWidget;
    auto* layout = new QVBoxLayout(maps);
    for (QVBoxLayout* one : {all, layout}) {
        one->setContentsMargins(0, 0, 0, 0);
        one->setSpacing(0);
    }
    m_messages = new MessageBar;
    m_figures = new FigureExport(m_inspection, m_selection, m_display, m_messages, this);
    m_centre = new QStackedWidget;
    m_centre->addWidget(maps);
    all->addWidget(m_messages); // above the start page as well
    all->addWidget(m_centre, 1);
    m_canvas = new Canvas(m_inspection, m_selection, m_display);
    m_player = new FilmPlayer(m_inspection, this);
    m_text = new TextPane(m_inspection, m_selection, m_display);
    layout->addWidget(m_text);
    layout->addWidget(m_canvas, 1);
    connect(m_inspection, &InspectionModel::modelChanged, this, [this, layout] {
        const bool looks = m_inspection->model().takesPictures;
        if (!looks && focusWidget() == m_canvas) m_text->readStrip()->setFocus(Qt::OtherFocusReason);
        m_canvas->setVisible(looks);
        layout->setStretchFactor(m_text, looks ? 0 : 1); // a text alone has the whole middle
        if (looks != m_looked) arrangeFor(looks);
    });
    layout->addWidget(new FilmBar(m_player));
    setCentralWidget(centre);
}

QDockWidget* MainWindow::addDock(const char* id, QWidget* content, Qt::DockWidgetArea area, bool scrolls)
{
    auto* dock = new QDockWidget(this);
    dock->setObjectName(QString::fromLatin1(id)); // saveState() needs it
    if (scrolls) {
        auto* scroll = new QScrollArea;
        scroll->setWidgetResizable(true);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setWidget(content);
        content = scroll;
    }
    dock->setWidget(content);
    addDockWidget(area, dock);
    m_dockTexts.append({dock, id});
    return dock;
}

void MainWindow::buildDocks()
{
    m_headGrid = new HeadGrid(m_inspection, m_selection, m_display);
    m_matrix = new MatrixPlot(m_inspection, m_selection, m_display);
    m_filmstrip = new Filmstrip;
    addDock(QT_TR_NOOP("Controls"), new ControlsPanel(m_inspection, m_selection, m_display), Qt::LeftDockWidgetArea,
            true);
    addDock(QT_TR_NOOP("Predictions"), new PredictionsPanel(m_inspection), Qt::LeftDockWidgetArea);
    addDock(QT_TR_NOOP("Model"), new ModelPanel(m_inspection), Qt::LeftDockWidgetArea);
    addDock(QT_TR_NOOP("Heads"), m_headGrid, Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Matrix"), m_matrix, Qt::RightDockWidgetArea);
    addDock(QT_TR_NOOP("Row"), new RowPlot(m_inspection, m_selection, m_display), Qt::RightDockWidgetArea);
    m_windows = new WindowsPanel(m_inspection, m_selection, m_display);
    addDock(QT_TR_NOOP("Windows"), m_windows, Qt::RightDockWidgetArea, true);
    m_generation = new GenerationPanel(m_inspection, m_selection);
    addDock(QT_TR_NOOP("Generation"), m_generation, Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Pair"), new PairView(m_inspection, m_selection), Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Positions"), new PositionsView(m_inspection, m_selection, m_display), Qt::RightDockWidgetArea,
            true);
    addDock(QT_TR_NOOP("Lines"), new LinesView(m_inspection, m_selection, m_display), Qt::BottomDockWidgetArea, true);
    addDock(QT_TR_NOOP("Three attentions"), new ThreeAttentions(m_inspection, m_selection, m_display),
            Qt::BottomDockWidgetArea, true);
    addDock(QT_TR_NOOP("Pictures"), m_filmstrip, Qt::BottomDockWidgetArea);
    addDock(QT_TR_NOOP("Contrast"), new ContrastView(m_inspection, m_display), Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Training"), new TrainingView(m_inspection, m_display), Qt::RightDockWidgetArea);
    buildMechanisms();
    buildLessons();
    connect(m_filmstrip, &Filmstrip::chosen, this, [this](const QString& name, const QByteArray& file) {
        if (file.isEmpty())
            openPictureFile(name);
        else
            m_inspection->openPicture(file, name);
    });
}

void MainWindow::buildMechanisms()
{
    addDock(QT_TR_NOOP("Mechanisms"), new SwitchesPanel(m_inspection), Qt::LeftDockWidgetArea, true);
    addDock(QT_TR_NOOP("Memory"), new MemoryView(m_inspection, m_selection), Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Routing"), new RoutingView(m_inspection, m_selection), Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Formula"), new FormulaView(m_inspection, m_selection), Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Cost"), new CostView(m_inspection), Qt::RightDockWidgetArea, true);
    addDock(QT_TR_NOOP("Tiles"), new TilesView(m_inspection, m_selection), Qt::RightDockWidgetArea, true);
    // An axis of time wants width.
    addDock(QT_TR_NOOP("Life line"), new LifeView(m_inspection, m_selection, m_display), Qt::BottomDockWidgetArea);
}

void MainWindow::arrangeDocks()
{
    const auto dock = [this](const char* id) { return findChild<QDockWidget*>(QString::fromLatin1(id)); };
    tabifyDockWidget(dock("Controls"), dock("Lesson"));
    tabifyDockWidget(dock("Predictions"), dock("Model"));
    tabifyDockWidget(dock("Model"), dock("Mechanisms"));
    tabifyDockWidget(dock("Matrix"), dock("Row"));
    tabifyDockWidget(dock("Row"), dock("Windows"));
    tabifyDockWidget(dock("Windows"), dock("Generation"));
    tabifyDockWidget(dock("Generation"), dock("Pair"));
    tabifyDockWidget(dock("Pair"), dock("Positions"));
    tabifyDockWidget(dock("Positions"), dock("Contrast"));
    tabifyDockWidget(dock("Contrast"), dock("Training"));
    tabifyDockWidget(dock("Training"), dock("Memory"));
    tabifyDockWidget(dock("Memory"), dock("Routing"));
    tabifyDockWidget(dock("Routing"), dock("Formula"));
    tabifyDockWidget(dock("Formula"), dock("Cost"));
    tabifyDockWidget(dock("Cost"), dock("Tiles"));
    tabifyDockWidget(dock("Lines"), dock("Three attentions"));
    tabifyDockWidget(dock("Three attentions"), dock("Life line"));
    tabifyDockWidget(dock("Life line"), dock("Pictures"));
    dock("Lesson")->hide(); // comes with one
    dock("Predictions")->raise();
    dock("Pictures")->raise();
    dock("Matrix")->raise();
    // Before they were tabs the docks stood above each other and made the window as high as all.
    resize(kUsualSize.boundedTo(screen()->availableSize()));
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    shareRoom();
}

void MainWindow::shareRoom()
{
    constexpr double kLeft = 0.227, kRight = 0.3125; // of the width
    const auto share = [this](double of, int least) { return std::max(least, int(of * width())); };
    const auto dock = [this](const char* id) { return findChild<QDockWidget*>(QString::fromLatin1(id)); };
    resizeDocks({dock("Controls"), dock("Heads")}, {share(kLeft, 230), share(kRight, 200)}, Qt::Horizontal);
    resizeDocks({dock("Heads"), dock("Matrix")}, {420, 380}, Qt::Vertical);
    resizeDocks({dock("Pictures")}, {100}, Qt::Vertical);
}

// A text needs lines between its tokens where a picture needs its filmstrip.
void MainWindow::arrangeFor(bool pictures)
{
    m_looked = pictures;
    auto* lines = findChild<QDockWidget*>(QStringLiteral("Lines"));
    auto* strip = findChild<QDockWidget*>(QStringLiteral("Pictures"));
    if (lines->isHidden() || strip->isHidden()) return; // arranged by the person
    (pictures ? strip : lines)->raise();
    constexpr int kFilmstrip = 100;
    resizeDocks({pictures ? strip : lines}, {pictures ? kFilmstrip : height() / 2}, Qt::Vertical);
}

// It stays in the strip, where it can be chosen again.
void MainWindow::offerCutPicture(const verbs::Failure& failure)
{
    const QString name = QString::fromStdString(failure.subject);
    m_filmstrip->select(QString::fromStdString(m_inspection->input().name));
    m_messages->offer(MessageBar::Kind::Problem, errorText(failure), tr("Look all the same"), [this, name] {
        m_inspection->acceptCut(name);
        m_filmstrip->choose(name);
    });
}

// A picture that cannot be read leaves the strip.
void MainWindow::reportFailure(const verbs::Failure& failure)
{
    const ErrorCode code = errorCodeFrom(failure.code);
    if (code == ErrorCode::ImageCut) return offerCutPicture(failure);
    m_messages->say(MessageBar::Kind::Problem, errorText(failure));
    if (code != ErrorCode::ImageUnreadable && code != ErrorCode::ImageTooLarge) return;
    m_filmstrip->remove(QString::fromStdString(failure.subject));
    m_filmstrip->select(QString::fromStdString(m_inspection->input().name));
    openNextInstead();
}

// Everything that happens without being asked for, as one line above the canvas.
void MainWindow::report()
{
    connect(m_inspection, &InspectionModel::notice, this, [this](InspectionModel::Level level, const QString& text) {
        m_messages->say(MessageBar::Kind(int(level)), text.trimmed());
    });
    connect(m_inspection, &InspectionModel::failed, this, &MainWindow::reportFailure);
    connect(m_inspection, &InspectionModel::comparisonChanged, this, [this] {
        if (m_inspection->holdsRun())
            m_messages->say(MessageBar::Kind::Info,
                            tr("This run is held. Change the text, the picture, a word or a head: maps show the "
                               "difference to it, blue for less, red for more. Shift+H lets go."));
    });
    connect(m_inspection, &InspectionModel::precisionFellBack, this,
            [this] { m_settings->setPrecision(QStringLiteral("float32")); });
    connect(m_inspection, &InspectionModel::deviceFellBack, this,
            [this] { m_settings->setDevice(QStringLiteral("auto")); });
    // After texts alone there is no picture to look at yet.
    connect(m_inspection, &InspectionModel::modelOpened, this, [this] {
        m_messages->withdrawProblem();
        const verbs::ModelInfo& model = m_inspection->model();
        if (!model.takesPictures || model.text.reads || m_inspection->hasPictureFile()) return;
        QFile sample(QString::fromLatin1(kSamplePicture));
        if (sample.open(QIODevice::ReadOnly)) openBytes(sample.readAll(), QFileInfo(sample).fileName());
    });
    connect(m_inspection, &InspectionModel::inputChanged, this, [this] {
        if (m_inspection->hasInput()) {
            if (m_insteadOf.isEmpty()) m_messages->withdrawProblem(); // otherwise it speaks of another picture
            m_insteadOf.clear();
        }
        if (m_inspection->hasInput() && m_inspection->holdsRun() && !m_inspection->isComparing())
            m_messages->say(
                MessageBar::Kind::Warning,
                tr("This run has other layers, heads or tokens than the held one, so it is shown as it is."));
        m_filmstrip->select(QString::fromStdString(m_inspection->input().name));
        nameWindow();
    });
}

// After what is shown: below the start page nothing is.
void MainWindow::nameWindow()
{
    const bool starts = m_start != nullptr && m_centre->currentWidget() == m_start;
    qobject_cast<StatusLine*>(statusBar())->setQuiet(starts);
    if (starts || !m_inspection->hasInput()) return setWindowTitle(tr("HeadLens"));
    const QString model = QString::fromStdString(m_inspection->model().name);
    const QString picture = QString::fromStdString(m_inspection->input().name).section(QLatin1Char('/'), -1);
    const bool looks = m_inspection->model().takesPictures && !picture.isEmpty();
    setWindowTitle(looks ? tr("%1 – %2 – HeadLens").arg(picture, model) : tr("%1 – HeadLens").arg(model));
}

QString MainWindow::dockOf(const QString& view)
{
    static const QHash<QString, QString> kDocks{{QStringLiteral("windows"), QStringLiteral("Windows")},
                                                {QStringLiteral("mask"), QStringLiteral("Windows")},
                                                {QStringLiteral("bias"), QStringLiteral("Windows")},
                                                {QStringLiteral("stages"), QStringLiteral("Windows")},
                                                {QStringLiteral("generation"), QStringLiteral("Generation")},
                                                {QStringLiteral("pair"), QStringLiteral("Pair")},
                                                {QStringLiteral("positions"), QStringLiteral("Positions")},
                                                {QStringLiteral("lines"), QStringLiteral("Lines")},
                                                {QStringLiteral("three"), QStringLiteral("Three attentions")},
                                                {QStringLiteral("contrast"), QStringLiteral("Contrast")},
                                                {QStringLiteral("training"), QStringLiteral("Training")},
                                                {QStringLiteral("mechanisms"), QStringLiteral("Mechanisms")},
                                                {QStringLiteral("memory"), QStringLiteral("Memory")},
                                                {QStringLiteral("routing"), QStringLiteral("Routing")},
                                                {QStringLiteral("formula"), QStringLiteral("Formula")},
                                                {QStringLiteral("cost"), QStringLiteral("Cost")},
                                                {QStringLiteral("tiles"), QStringLiteral("Tiles")},
                                                {QStringLiteral("life"), QStringLiteral("Life line")},
                                                {QStringLiteral("matrix"), QStringLiteral("Matrix")},
                                                {QStringLiteral("model"), QStringLiteral("Model")}};
    return kDocks.value(view);
}

bool MainWindow::showView(const QString& what)
{
    static const QStringList kTabs{QStringLiteral("windows"), QStringLiteral("mask"), QStringLiteral("bias"),
                                   QStringLiteral("stages")};
    if (const auto view = mapViewFrom(what)) {
        m_selection->setView(*view);
    } else if (what == QLatin1String("pca")) {
        m_display->change([](Display& d) { d.ground = Ground::Components; });
    } else if (what == QLatin1String("start")) {
        showStartPage();
    } else if (what == QLatin1String("dino")) {
        showDino();
    } else if (kTabs.contains(what)) {
        m_windows->setCurrentIndex(int(kTabs.indexOf(what)));
        m_offers->open(findChild<QDockWidget*>(QStringLiteral("Windows")));
        if (what == QLatin1String("windows")) m_windows->shift()->showStep(ShiftPicture::Step::Mask);
    } else if (const QString dock = dockOf(what); !dock.isEmpty()) {
        m_offers->open(findChild<QDockWidget*>(dock));
    } else {
        return false;
    }
    return true;
}

QString MainWindow::message() const
{
    return m_messages->text();
}

void MainWindow::play(bool on)
{
    m_play->setChecked(on);
    if (on)
        m_playing.start();
    else
        m_playing.stop();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_quiet->isOn()) m_offers->giveBack(); // so that they are there at the next start
    m_settings->setWindow(m_presenter->isOn() ? m_presenter->geometryBefore() : saveGeometry(), m_quiet->state());
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QMainWindow::changeEvent(event);
}

} // namespace headlens
