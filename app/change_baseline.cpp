// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/change_baseline.h"

#include "app/workspaces.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/inspection_model.h"

#include <utility>

namespace headlens {
namespace {

bool isAsTrained(const RunRequest& request)
{
    return request.text.ablated.empty() && request.text.hiddenTokens.empty() && request.switches.empty();
}

} // namespace

ChangeBaseline::ChangeBaseline(InspectionModel* model, const Workspaces* workspaces, const LessonPlayer* lessons,
                               QObject* parent)
    : QObject(parent), m_model(model), m_workspaces(workspaces), m_lessons(lessons)
{
    connect(model, &InspectionModel::changing, this, &ChangeBaseline::onChange);
    connect(model, &InspectionModel::modelOpened, this, [this] { m_isOwn = false; });
}

void ChangeBaseline::onChange(const RunRequest& before, const RunRequest& wanted)
{
    Comparison* comparison = m_model->comparison();
    if (isAsTrained(before) && !isAsTrained(wanted)) {
        if (m_workspaces->current() != kChangeWorkspace || m_lessons->isOpen()) return;
        if (comparison->holds() || !m_model->canAsk()) return;
        comparison->hold();
        m_isOwn = true;
    } else if (!isAsTrained(before) && isAsTrained(wanted) && std::exchange(m_isOwn, false)) {
        comparison->release();
    }
}

} // namespace headlens
