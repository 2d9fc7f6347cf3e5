// SPDX-License-Identifier: GPL-3.0-or-later
// How far a learner is in a lesson: the step, its reveals, the gates that were passed and what was predicted.
#pragma once

#include "core/lesson/lesson.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace headlens {

class LessonProgress {
public:
    void open(const Lesson& lesson); // at its first step
    void close() { m_isOpen = false; }
    void setLanguage(const std::string& language) { m_language = language; } // "en", "zh_CN"
    void go(int step);                                                       // without reveals
    void reveal() { ++m_revealed; }
    void unreveal() { --m_revealed; }
    void pass() { m_passed.insert(m_step); }       // going back does not close a gate again
    bool predict(int choice);                      // false: nobody asks, or the choice was made before
    void forget();                                 // gates and predictions
    void setWaits(bool waits) { m_waits = waits; } // something else is on the stage, until the lesson goes on

    bool isOpen() const { return m_isOpen; }
    bool waits() const { return m_isOpen && m_waits; }
    const Lesson& lesson() const { return m_lesson; }
    const LessonText& text() const { return m_lesson.textFor(m_language); }
    int step() const { return m_step; }
    int farthest() const { return m_farthest; } // step that was shown so far
    int revealed() const { return m_revealed; } // reveals of the step that are shown
    // Of an open lesson.
    const LessonStep& now() const { return m_lesson.steps[std::size_t(m_step)]; }
    const StepText& said() const { return text().steps.at(now().id); }
    const ViewState& shown() const;
    bool isRevealed() const { return m_revealed == int(now().reveals.size()); } // all of the step
    bool isLast() const { return m_step + 1 == int(m_lesson.steps.size()) && isRevealed(); }
    bool asks() const; // a question is on the page, answered or not
    bool isGateOpen() const;
    int predicted() const; // -1: nothing yet

private:
    Lesson m_lesson;
    std::string m_language;
    bool m_isOpen = false, m_waits = false;
    int m_step = 0, m_farthest = 0, m_revealed = 0;
    std::set<int> m_passed;
    std::map<int, int> m_choices; // predictions, by step
};

} // namespace headlens
