// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_progress.h"

#include <algorithm>

namespace headlens {

void LessonProgress::open(const Lesson& lesson)
{
    m_lesson = lesson;
    m_isOpen = true;
    m_waits = false;
    m_farthest = 0;
    forget();
    go(0);
}

void LessonProgress::go(int step)
{
    m_step = std::clamp(step, 0, int(m_lesson.steps.size()) - 1);
    m_farthest = std::max(m_farthest, m_step);
    m_revealed = 0;
}

void LessonProgress::forget()
{
    m_passed.clear();
    m_choices.clear();
}

bool LessonProgress::predict(int choice)
{
    if (!asks() || m_choices.contains(m_step)) return false;
    if (choice < 0 || choice >= int(said().choices.size())) return false;
    m_choices[m_step] = choice;
    pass();
    return true;
}

const ViewState& LessonProgress::shown() const
{
    return m_revealed == 0 ? now().view : now().reveals[std::size_t(m_revealed) - 1].view;
}

bool LessonProgress::asks() const
{
    return m_isOpen && !m_waits && now().gate == Gate::Predict && m_revealed >= int(said().asksAfter);
}

bool LessonProgress::isGateOpen() const
{
    if (!m_isOpen || now().gate == Gate::Next || m_passed.contains(m_step)) return m_isOpen;
    return now().gate == Gate::Predict && !asks(); // reveals come before the question
}

int LessonProgress::predicted() const
{
    const auto chosen = m_choices.find(m_step);
    return chosen == m_choices.end() ? -1 : chosen->second;
}

} // namespace headlens
