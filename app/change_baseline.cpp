// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/change_baseline.h"

#include "app/workspaces.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/run_changes.h"

#include <utility>

namespace headlens {
ChangeBaseline::ChangeBaseline(InspectionModel* model, const Workspaces* workspaces, const LessonPlayer* lessons,
                               QObject* parent)
    : QObject(parent), m_model(model), m_workspaces(workspaces), m_lessons(lessons)
{
    connect(model->wishes(), &RunWishes::changing, this, &ChangeBaseline::onChange);
    connect(model, &InspectionModel::modelOpened, this, &ChangeBaseline::release);
    connect(model, &InspectionModel::inputChanged, this, &ChangeBaseline::onInput);
}

// What an ablation did is seen beside the same picture only.
void ChangeBaseline::onInput()
{
    const std::string& held = m_model->comparison()->baseline().sha256;
    if (m_model->comparison()->holds() && m_model->hasInput() && m_model->input().sha256 != held) release();
}

void ChangeBaseline::release()
{
    if (std::exchange(m_isOwn, false)) m_model->comparison()->release();
}

void ChangeBaseline::onChange(const RunRequest& before, const RunRequest& wanted)
{
    Comparison* comparison = m_model->comparison();
    if (isAsTrained(before) && !isAsTrained(wanted)) {
        if (m_workspaces->current() != kChangeWorkspace || m_lessons->isOpen()) return;
        if (comparison->holds() || !m_model->canAsk()) return;
        comparison->hold();
        m_isOwn = true;
    } else if (!isAsTrained(before) && isAsTrained(wanted)) {
        release();
    }
}

} // namespace headlens
