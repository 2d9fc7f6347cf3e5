// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/set_average.h"

#include "core/wire/verbs_sets.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"

namespace headlens {

SetAverage::SetAverage(InspectionModel* model, QObject* parent) : QObject(parent), m_model(model)
{
    connect(model, &InspectionModel::modelOpened, this, &SetAverage::stop);
    connect(model->rows(), &LiveRows::changed, this, &SetAverage::askNext); // the mouse goes first
    connect(model->link(), &EngineLink::settled, this, &SetAverage::askNext);
}

void SetAverage::start(const QStringList& paths)
{
    ++m_round;
    m_paths = paths;
    m_failure.clear();
    m_done = m_total = m_failed = 0;
    m_isAsking = false;
    Q_EMIT changed();
    askNext();
}

void SetAverage::stop()
{
    if (!isRunning()) return;
    ++m_round;
    m_paths.clear();
    m_isAsking = false;
    Q_EMIT changed();
}

void SetAverage::askNext()
{
    if (m_isAsking || !isRunning() || !m_model->loader()->canAsk()) return;
    const verbs::AverageSet next{m_paths.first().toStdString(),
                                 m_model->request().forModel(m_model->model(), {}, false)};
    m_isAsking = true;
    const auto take = [this, round = m_round](const verbs::AveragedSet& answer) {
        if (round == m_round) this->take(answer);
    };
    ask(m_model, verbs::kAverageSet, next, this, take,
        {.about = Asking::About::Model, .unanswered = Unanswered::AlwaysEmpty});
}

void SetAverage::take(const verbs::AveragedSet& answer)
{
    m_isAsking = false;
    if (answer.total == 0) return stop(); // refused, cancelled, or the engine is gone
    m_done = answer.done;
    m_total = answer.total;
    if (m_failure.isEmpty()) m_failure = QString::fromStdString(answer.failure);
    if (m_done == m_total) {
        m_failed += answer.failed;
        m_paths.removeFirst();
    }
    Q_EMIT changed();
    if (isRunning()) return askNext();
    Q_EMIT finished();
}

} // namespace headlens
