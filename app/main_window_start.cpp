// SPDX-License-Identifier: GPL-3.0-or-later
// The start page and presenter mode in the window: both put the docks away for as long as they last.
#include "app/dock_offers.h"
#include "app/main_window.h"
#include "app/model_words.h"
#include "app/presenter.h"
#include "app/quiet_layout.h"
#include "app/screen_fit.h"
#include "app/view_docks.h"

#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/start/start_page.h"
#include "widgets/text/text_pane.h"

#include <QCursor>
#include <QDockWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedWidget>

#include <utility>

namespace headlens {
namespace {

const char* const kPictureModel = "emoji-vit";

QString presenterKeys()
{
    return MainWindow::tr(
        "Space or Right goes on, Left goes back, digits choose heads (or answers), [ and ] layers, Ctrl and + or - "
        "the size of the type. Escape leaves.");
}

} // namespace

void MainWindow::buildStages()
{
    auto* lessonDock = m_docks->dock(QStringLiteral("lesson"));
    m_quiet = new QuietLayout(this, kLayoutVersion);
    m_offers = new DockOffers(this, m_inspection, m_quiet);
    keepOnScreen();
    m_presenter = new Presenter({this, m_quiet, lessonDock, m_lessons, m_selection, m_settings});
    m_start = new StartPage;
    m_start->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // it scrolls: the maps behind it may be small
    m_start->setShownAtStart(m_settings->showsStartPage());
    m_start->setSample(QImage(QString::fromLatin1(kSamplePicture))); // our own
    m_centre->addWidget(m_start);
    fillStartPage();
    listenToStartPage();
    connect(m_quiet, &QuietLayout::entered, this, [this] { m_hadLesson = m_lessons->isOpen(); });
    connect(m_quiet, &QuietLayout::left, this, &MainWindow::settleLessonDock);
    connect(m_lessons, &LessonPlayer::stateWanted, this, &MainWindow::choosePanel);
    connect(m_lessons, &LessonPlayer::closed, this, &MainWindow::choosePanel);
    connect(m_inspection, &InspectionModel::modelChanged, this, &MainWindow::choosePanel);
    connect(m_presenter, &Presenter::entered, this, &MainWindow::choosePanel);
    connect(m_presenter, &Presenter::entered, this,
            [this] { m_messages->say(MessageBar::Kind::Info, presenterKeys()); });
    connect(m_presenter, &Presenter::left, this, [this] { // the keys mean something else again
        if (m_messages->text() == presenterKeys()) m_messages->hide();
    });
}

void MainWindow::listenToStartPage()
{
    connect(m_start, &StartPage::pictureWanted, this, &MainWindow::askForPicture);
    connect(m_start, &StartPage::sentenceWanted, this, &MainWindow::askForSentence);
    connect(m_start, &StartPage::modelWanted, this, &MainWindow::askForModel);
    connect(m_start, &StartPage::modelChosen, this, &MainWindow::openExample);
    connect(m_start, &StartPage::lessonChosen, this, [this](const QString& folder) { openLesson(folder); });
    connect(m_start, &StartPage::skipped, this, &MainWindow::leaveStartPage);
    connect(m_start, &StartPage::shownAtStartChanged, this,
            [this](bool shown) { m_settings->setShowsStartPage(shown); });
    connect(m_inspection, &InspectionModel::filmChanged, this, &MainWindow::leaveStartPage);
    connect(m_inspection, &InspectionModel::settled, this, [this] { // the engine has listed its models
        if (m_start->modelCards().isEmpty()) fillStartPage();
    });
}

void MainWindow::setSize(const QSize& size)
{
    m_fit->setSize(size);
    if (m_settings->layout().isEmpty()) m_docks->shareRoom();
}

// Whenever other docks come: with the window, with a model, from the start page and lessons back to all of them.
void MainWindow::keepOnScreen()
{
    const auto soon = [this] { QTimer::singleShot(0, m_fit, &ScreenFit::settle); };
    connect(m_quiet, &QuietLayout::left, m_fit, soon);
    connect(m_inspection, &InspectionModel::modelOpened, m_fit, [this] { m_hasNewModel = true; });
    connect(m_inspection, &InspectionModel::inputChanged, m_fit, [this, soon] {
        if (std::exchange(m_hasNewModel, false)) soon();
    });
}

void MainWindow::fillStartPage()
{
    QList<GalleryModel> models;
    for (const verbs::EmbeddedModel& model : m_inspection->embeddedModels()) {
        GalleryModel card{QString::fromStdString(model.name),
                          modelWords(model.title),
                          modelWords(model.shows),
                          {},
                          QImage(QString::fromStdString(model.path + "/example.png"))}; // engines may be elsewhere
        if (!model.scores.empty()) {                                                    // the others are on its card
            const verbs::MeasuredScore& score = model.scores.front();
            card.scores.append(
                {modelWords(score.what), score.with, score.without, modelWords(score.off), score.chance});
        }
        models.append(card);
    }
    m_start->setModels(models);
    m_start->setLessons(lessonsAlong());
}

void MainWindow::showStartPage()
{
    fillStartPage();
    m_quiet->enter(m_start);
    m_centre->setCurrentWidget(m_start);
    nameWindow();
}

void MainWindow::leaveStartPage()
{
    if (m_start == nullptr || m_centre->currentWidget() != m_start) return;
    m_centre->setCurrentIndex(0);
    nameWindow();
    m_quiet->leave(m_start);
    m_presenter->showDocks();
    if (m_canvas->isVisibleTo(this))
        m_canvas->setFocus();
    else
        m_text->edit()->setFocus();
}

// A model of texts alone has no place for a picture: one that looks is opened with it.
void MainWindow::askForPicture()
{
    const bool looks = !m_inspection->hasModel() || m_inspection->model().takesPictures;
    choosePictures();
    const bool hasChosen = m_centre->currentWidget() != m_start;
    if (hasChosen && !looks) openModel(QString::fromLatin1(kPictureModel));
}

// The text is selected: what is typed takes its place.
void MainWindow::askForSentence()
{
    const auto begin = [this] {
        m_text->edit()->setFocus();
        m_text->edit()->selectAll();
        constexpr int kFew = 1000;
        if (const int words = m_inspection->model().text.vocabulary; words > 0 && words < kFew)
            m_messages->say(MessageBar::Kind::Info,
                            tr("Type your sentence. This small model knows %1 words only; a larger one of your own "
                               "(Ctrl+Shift+O) reads any.")
                                .arg(words));
    };
    leaveStartPage();
    const verbs::ModelInfo& open = m_inspection->model();
    if (open.text.reads && !open.takesPictures) return begin();
    QString reader = QStringLiteral("story-gpt");
    for (const verbs::EmbeddedModel& model : m_inspection->embeddedModels()) // the person installed it
        if (model.name == "all-MiniLM-L6-v2") reader = QString::fromStdString(model.name);
    auto* once = new QObject(this);
    connect(m_inspection, &InspectionModel::inputChanged, once, [this, begin, once] {
        if (!m_inspection->model().text.reads) return; // still the picture of before
        once->deleteLater();
        begin();
    });
    connect(m_inspection, &InspectionModel::failed, once, &QObject::deleteLater);
    openModel(reader);
}

void MainWindow::askForModel()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("A model folder…"), this, [this] { chooseModel(true); });
    menu->addAction(tr("A weight file…"), this, [this] { chooseModel(false); });
    const QWidget* card = m_start->focusWidget();
    menu->popup(card != nullptr ? card->mapToGlobal(QPoint(0, card->height())) : QCursor::pos());
    menu->setActiveAction(menu->actions().first());
}

// With its own example, whatever was typed before.
void MainWindow::openExample(const QString& model)
{
    m_text->edit()->document()->setModified(false);
    openModel(model);
    if (const QString picture = examplePictureOf(model); !picture.isEmpty()) openPictureFile(picture);
}

void MainWindow::present(bool on)
{
    if (on)
        m_presenter->enter();
    else
        m_presenter->leave();
}

// The audience sees what the step speaks of: its panel, or the grid of heads where one has to be chosen.
void MainWindow::choosePanel()
{
    if (!m_presenter->isOn()) return;
    QString panel;
    if (m_lessons->isOpen()) {
        const std::string& named = m_lessons->shown().panel;
        const LessonStep& step = m_lessons->lesson().steps[std::size_t(m_lessons->step())];
        panel = step.gate == Gate::Do && named.empty() ? QStringLiteral("heads") : QString::fromStdString(named);
    }
    // A text alone would leave two thirds of the screen empty.
    if (panel.isEmpty() && m_inspection->hasModel() && !m_inspection->model().takesPictures)
        panel = QStringLiteral("heads");
    m_presenter->showPanel(m_docks->dock(panel));
}

// The layout that comes back is older than the lesson, if that was opened or closed meanwhile.
void MainWindow::settleLessonDock()
{
    auto* dock = m_docks->dock(QStringLiteral("lesson"));
    if (m_lessons->isOpen() == m_hadLesson) return;
    dock->setVisible(m_lessons->isOpen());
    if (m_lessons->isOpen()) QTimer::singleShot(0, dock, [dock] { dock->raise(); });
}

} // namespace headlens
