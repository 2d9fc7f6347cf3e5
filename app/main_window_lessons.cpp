// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons in the window: the menu, the dock with the text, and what a step puts on the stage.
#include "app/lesson_stage.h"
#include "app/main_window.h"
#include "app/presenter.h"
#include "app/view_docks.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/lessons/narrator.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/text_pane.h"

#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenuBar>
#include <QShortcut>

namespace headlens {
namespace {

std::vector<std::string> panelNames()
{
    std::vector<std::string> names;
    for (const View& view : views()) {
        names.emplace_back(view.id);
        names.insert(names.end(), view.parts.begin(), view.parts.end());
    }
    return names;
}

} // namespace

void MainWindow::buildLessons()
{
    m_lessons->setNarrator(systemNarrator());
    QDockWidget* dock = m_docks->dock(QStringLiteral("lesson"));
    LessonStage::Window stage{[this](const TextWish& wish) { m_text->fill(wish); },
                              [this](int tokens) { m_generation->write(tokens); },
                              [this](const QString& view) { showView(view); }, [this] { m_canvas->fitToWindow(); }};
    m_stage = new LessonStage(m_inspection, m_selection, std::move(stage), this);
    connect(m_lessons, &LessonPlayer::stateWanted, m_stage, &LessonStage::show);
    connect(dock->toggleViewAction(), &QAction::toggled, m_lessons, &LessonPlayer::setEmphasis);
    connect(m_stage, &LessonStage::arranged, m_lessons, &LessonPlayer::stageIsSet);
    // Its key continues it from wherever the learner has just clicked; playing through the layers waits.
    m_lessonSpace = new QShortcut(Qt::Key_Space, this);
    m_lessonSpace->setEnabled(false);
    connect(m_lessonSpace, &QShortcut::activated, this,
            [this, dock] { dock->isHidden() ? m_play->trigger() : m_lessons->next(); });
    for (int choice = 0; choice < 9; ++choice) // the digits answer its question, whichever view was clicked last
        connect(new QShortcut(QKeySequence(Qt::Key_1 + choice), this), &QShortcut::activated, m_lessons,
                [this, choice] { m_lessons->predict(choice); });
    connect(m_lessons, &LessonPlayer::followingWanted, this, [this] { openLesson(QString(m_following.folder)); });
    connect(m_lessons, &LessonPlayer::closed, this, [this, dock] {
        m_lessonSpace->setEnabled(false);
        m_play->setShortcut(QKeySequence(Qt::Key_Space));
        m_stage->leave();
        dock->hide();
    });
    connect(m_stage, &LessonStage::failed, this, [this](const QString& why) {
        m_messages->say(
            MessageBar::Kind::Problem,
            tr("Step %1 of the lesson cannot be shown as it should: %2").arg(m_lessons->step() + 1).arg(why));
    });
}

void MainWindow::buildLessonMenu()
{
    QMenu* menu = menuBar()->addMenu(QString());
    m_menuTexts.append({menu, QT_TR_NOOP("L&essons")});
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillLessons(menu); });
    fillLessons(menu); // the menu bar shows no empty menus on some desktops
}

// Those that come along, by title in the language of the window; then one of the teacher's own.
void MainWindow::fillLessons(QMenu* menu)
{
    menu->clear();
    for (const GalleryLesson& lesson : lessonsAlong())
        connect(menu->addAction(lesson.title), &QAction::triggered, this,
                [this, folder = lesson.folder] { openLesson(folder); });
    menu->addSeparator();
    connect(menu->addAction(tr("Open a lesson folder…")), &QAction::triggered, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a lesson folder"));
        if (!folder.isEmpty()) openLesson(folder);
    });
}

QList<GalleryLesson> MainWindow::lessonsAlong() const
{
    QList<GalleryLesson> all;
    for (const std::string& folder : lessonFolders(resourceFolder() + "/lessons")) {
        try {
            const Lesson lesson = readLesson(folder);
            const LessonText& text = lesson.textFor(lessonLanguage());
            all.append({QString::fromStdString(folder), QString::fromStdString(text.title),
                        QString::fromStdString(text.summary)});
        } catch (const Error&) { // opening it from the command line says what is wrong with it
        }
    }
    return all;
}

// Of those that come along; empty after the last one and after a lesson of the teacher's own.
GalleryLesson MainWindow::lessonAfter(const QString& folder) const
{
    const QList<GalleryLesson> all = lessonsAlong();
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    for (qsizetype i = 0; i + 1 < all.size(); ++i)
        if (QFileInfo(all[i].folder).canonicalFilePath() == canonical) return all[i + 1];
    return {};
}

std::string MainWindow::lessonLanguage() const
{
    return QLocale().language() == QLocale::Chinese ? "zh_CN" : "en"; // as Language has set it
}

bool MainWindow::openLesson(const QString& folder, int step)
{
    try {
        const Lesson lesson = readLesson(folder.toStdString());
        requirePanels(lesson, panelNames());
        leaveStartPage();
        auto* dock = m_docks->dock(QStringLiteral("lesson"));
        dock->show();
        QTimer::singleShot(0, dock, [dock] { dock->raise(); }); // a tab cannot be raised before it is laid out
        constexpr int kWide = 420, kHigh = 560;                 // a text needs more room than the controls
        resizeDocks({dock}, {kWide}, Qt::Horizontal);
        resizeDocks({dock}, {kHigh}, Qt::Vertical);
        m_lessons->setLanguage(QString::fromStdString(lessonLanguage()));
        m_play->setShortcut({});
        m_lessonSpace->setEnabled(true);
        m_following = lessonAfter(folder);
        m_lessons->setFollowing(m_following.title);
        m_lessons->open(lesson);
        if (step > 0) m_lessons->go(step);
        m_presenter->showDocks();
        return true;
    } catch (const Error& problem) {
        m_messages->say(MessageBar::Kind::Problem, QString::fromUtf8(problem.what()));
        return false;
    }
}

} // namespace headlens
