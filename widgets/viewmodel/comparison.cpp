// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/comparison.h"

#include "core/wire/block_grid.h"
#include "widgets/viewmodel/asking.h"

#include <algorithm>

namespace headlens {

Comparison::Comparison(InspectionModel* model) : QObject(model), m_model(model) {}

void Comparison::hold()
{
    const auto keep = [this, shown = m_model->input()](const verbs::Nothing&) {
        m_baseline = shown;
        m_weights = m_model->model().sha256;
        m_isItself = true;
        Q_EMIT changed();
    };
    ask(m_model, verbs::kHold, {}, this, keep, {.tag = QString()});
}

void Comparison::release()
{
    if (!holds()) return;
    ask(m_model, verbs::kHold, {.release = true}, this, [](const verbs::Nothing&) {},
        {.about = Asking::About::Nothing, .tag = QString(), .quiet = true});
    forget();
}

void Comparison::forget()
{
    if (!holds()) return;
    m_baseline = {};
    Q_EMIT changed();
}

void Comparison::onRun()
{
    m_isItself = false;
}

bool Comparison::isOfThisModel() const
{
    return holds() && m_weights == m_model->model().sha256;
}

bool Comparison::isOn() const
{
    return holds() && !m_isItself && std::ranges::equal(m_baseline.blocks, m_model->input().blocks, areAlike);
}

} // namespace headlens
