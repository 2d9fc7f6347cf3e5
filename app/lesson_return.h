// SPDX-License-Identifier: GPL-3.0-or-later
// Gives back what was open before a lesson: model, input and what was looked at come again when it is closed. What the
// learner opened while the lesson waited stays.
#pragma once

#include "widgets/viewmodel/work_state.h"

#include <QObject>

#include <optional>

namespace headlens {

class History;
class LessonActions;
class Workbench;

class LessonReturn : public QObject {
    Q_OBJECT
public:
    LessonReturn(LessonActions* lessons, Workbench* bench, History* history);

private:
    void take();
    void giveBack();

    Workbench* m_bench;
    History* m_history;
    std::optional<WorkState> m_before; // nothing was open, or it is open again
};

} // namespace headlens
