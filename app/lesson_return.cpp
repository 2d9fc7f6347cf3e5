// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lesson_return.h"

#include "app/lesson_actions.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/viewmodel/history.h"
#include "widgets/viewmodel/workbench.h"

#include <utility>

namespace headlens {

LessonReturn::LessonReturn(LessonActions* lessons, Workbench* bench, History* history)
    : QObject(lessons), m_bench(bench), m_history(history)
{
    const LessonPlayer* player = lessons->player();
    connect(lessons, &LessonActions::opens, this, [this, player] {
        if (!player->isOpen() || player->progress().waits()) take(); // not what a lesson has put there
    });
    connect(player, &LessonPlayer::waits, this, [this] { m_before.reset(); });
    connect(player, &LessonPlayer::goesOn, this, &LessonReturn::take);
    connect(lessons, &LessonActions::closed, this, &LessonReturn::giveBack);
}

void LessonReturn::take()
{
    m_before.reset();
    if (!m_bench->isReady()) return;
    m_before = m_bench->state();
    m_before->workspace.clear(); // whoever showed the lesson knows where one came from
}

void LessonReturn::giveBack()
{
    if (const auto before = std::exchange(m_before, std::nullopt))
        m_history->jumpTo(*before, tr("Back from the lesson"));
}

} // namespace headlens
