// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/dock_offers.h"
#include "app/figure_export.h"
#include "app/focus_ring.h"
#include "app/presenter.h"
#include "app/quiet_layout.h"
#include "app/screen_fit.h"
#include "app/status_line.h"
#include "app/view_docks.h"
#include "core/base/error.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/common/wheel_guard.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/panels/film_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/start/start_page.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/text_pane.h"
#include "widgets/text/token_strip.h"
#include "widgets/viewmodel/error_text.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QScreen>
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
    m_docks->arrange();
    // Before they were tabs the docks stood above each other and made the window as high as all.
    resize(kUsualSize.boundedTo(screen()->availableSize()));
    m_docks->shareRoom();
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
        if (std::exchange(m_looked, looks) != looks) m_docks->raiseFor(looks);
    });
    layout->addWidget(new FilmBar(m_player));
    setCentralWidget(centre);
}

void MainWindow::buildDocks()
{
    m_docks = new ViewDocks(this, {m_inspection, m_selection, m_display});
    m_filmstrip = m_docks->view<Filmstrip>();
    m_generation = m_docks->view<GenerationPanel>();
    m_lessons = m_docks->view<LessonPlayer>();
    buildLessons();
    connect(m_filmstrip, &Filmstrip::chosen, this, [this](const QString& name, const QByteArray& file) {
        if (file.isEmpty())
            openPictureFile(name);
        else
            m_inspection->openPicture(file, name);
    });
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

bool MainWindow::showView(const QString& what)
{
    if (what == kRowMap || m_inspection->method(what) != nullptr) {
        m_selection->setMap(what);
        return true;
    }
    if (const View* view = viewOf(what)) {
        m_offers->open(m_docks->dock(what));
        if (view->showPart != nullptr) view->showPart(m_docks->dock(what)->widget(), what);
        return true;
    }
    for (const auto& [name, show] : otherViews())
        if (what == QLatin1String(name)) {
            show(*this);
            return true;
        }
    return false;
}

// Names of --show that are neither a map nor a view.
const std::vector<MainWindow::OtherView>& MainWindow::otherViews()
{
    static const std::vector<OtherView> kOthers{
        {"pca", [](MainWindow& in) { in.m_display->change([](Display& d) { d.ground = Ground::Components; }); }},
        {"dino", [](MainWindow& in) { in.showDino(); }},
        {"start", [](MainWindow& in) { in.showStartPage(); }},
    };
    return kOthers;
}

QStringList MainWindow::viewNames()
{
    QStringList names{kRowMap};
    for (const OtherView& other : otherViews()) names << QString::fromLatin1(other.name);
    for (const View& view : views()) {
        names << QString::fromLatin1(view.id);
        for (const char* part : view.parts) names << QString::fromLatin1(part);
    }
    return names;
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
