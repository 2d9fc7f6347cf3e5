// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lesson_actions.h"

#include "app/lesson_director.h"
#include "app/lessons_along.h"
#include "app/workspace.h"
#include "core/base/error.h"
#include "widgets/common/message_bar.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/lessons/narrator.h"
#include "widgets/views.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
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

std::vector<std::string> workspaceNames()
{
    std::vector<std::string> names;
    for (const Workspace& one : workspaces())
        if (!one.panes.empty()) names.emplace_back(one.id);
    return names;
}

} // namespace

LessonActions::LessonActions(const Parts& parts)
    : QObject(parts.window), m_parts(parts), m_space(new QShortcut(Qt::Key_Space, parts.window))
{
    m_parts.player->setNarrator(systemNarrator());
    listen();
    takeKeys();
}

void LessonActions::listen()
{
    LessonPlayer* player = m_parts.player;
    LessonDirector* stage = m_parts.stage;
    connect(player, &LessonPlayer::stateWanted, stage, &LessonDirector::show);
    connect(m_parts.dock->toggleViewAction(), &QAction::toggled, player, &LessonPlayer::setEmphasis);
    connect(stage, &LessonDirector::arranged, player, &LessonPlayer::stageIsSet);
    connect(stage, &LessonDirector::left, player, &LessonPlayer::wait);
    connect(player, &LessonPlayer::followingWanted, this, [this] { open(QString(m_following)); });
    connect(player, &LessonPlayer::closed, this, &LessonActions::close);
    connect(stage, &LessonDirector::failed, this, [this](const QString& why) {
        m_parts.messages->say(MessageBar::Kind::Problem, tr("Step %1 of the lesson cannot be shown as it should: %2")
                                                             .arg(m_parts.player->progress().step() + 1)
                                                             .arg(why));
    });
}

void LessonActions::takeKeys()
{
    // Its key continues it from wherever the learner has just clicked; playing through the layers waits.
    m_space->setEnabled(false);
    connect(m_space, &QShortcut::activated, this,
            [this] { m_parts.dock->isHidden() ? m_parts.play->trigger() : m_parts.player->next(); });
    for (int choice = 0; choice < 9; ++choice) // the digits answer its question, whichever view was clicked last
        connect(new QShortcut(QKeySequence(Qt::Key_1 + choice), m_parts.window), &QShortcut::activated, m_parts.player,
                [this, choice] { m_parts.player->predict(choice); });
}

bool LessonActions::open(const QString& folder, int step)
{
    try {
        const Lesson lesson = readLesson(folder.toStdString());
        requirePanels(lesson, panelNames());
        requireWorkspaces(lesson, workspaceNames());
        Q_EMIT opens();
        giveRoom();
        retranslate();
        m_parts.play->setShortcut({});
        m_space->setEnabled(true);
        const GalleryLesson following = lessonAfter(folder);
        m_following = following.folder;
        m_parts.player->setFollowing(following.title);
        m_parts.player->open(lesson);
        if (step > 0) m_parts.player->go(step);
        Q_EMIT opened();
        return true;
    } catch (const Error& problem) {
        m_parts.messages->say(MessageBar::Kind::Problem, QString::fromUtf8(problem.what()));
        return false;
    }
}

// A text needs more room than what else stands at the left.
void LessonActions::giveRoom()
{
    constexpr int kWide = 420, kHigh = 560;
    m_parts.window->resizeDocks({m_parts.dock}, {kWide}, Qt::Horizontal);
    m_parts.window->resizeDocks({m_parts.dock}, {kHigh}, Qt::Vertical);
}

void LessonActions::close()
{
    m_space->setEnabled(false);
    m_parts.play->setShortcut(QKeySequence(Qt::Key_Space));
    m_parts.stage->leave();
    Q_EMIT closed();
}

void LessonActions::retranslate()
{
    m_parts.player->setLanguage(QString::fromStdString(lessonLanguage()));
}

} // namespace headlens
