// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statistics/picture_average.h"

#include "core/wire/verbs_statistics.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/live_rows.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr int kAtOnce = 2; // pictures

} // namespace

PictureAverage::PictureAverage(InspectionModel* model, QObject* parent) : QObject(parent), m_model(model)
{
    connect(model, &InspectionModel::modelOpened, this, &PictureAverage::forget);
    connect(model->rows(), &LiveRows::changed, this, &PictureAverage::askNext); // the mouse goes first
    connect(model->link(), &EngineLink::settled, this, &PictureAverage::askNext);
}

void PictureAverage::start(const QStringList& pictures)
{
    forget();
    m_pictures = pictures;
    m_fit = m_model->request().fit;
    m_stopped = false;
    Q_EMIT changed();
    askNext();
}

void PictureAverage::stop()
{
    if (!isRunning()) return;
    m_stopped = true;
    Q_EMIT changed();
}

void PictureAverage::forget()
{
    const bool was = isThere();
    ++m_round;
    m_pictures.clear();
    m_failures.clear();
    m_cells.clear();
    m_asked = m_counted = 0;
    m_isAsking = false;
    m_stopped = true;
    if (was) Q_EMIT changed();
}

void PictureAverage::askNext()
{
    if (m_isAsking || !isRunning() || !m_model->loader()->canAsk()) return;
    verbs::ProfilePictures next;
    next.fit = m_fit.toStdString();
    for (const QString& path : m_pictures.mid(m_asked, kAtOnce)) next.pictures.push_back(path.toStdString());
    m_isAsking = true;
    const auto take = [this, round = m_round](const verbs::ProfiledPictures& answer) {
        if (round == m_round) this->take(answer);
    };
    ask(m_model, verbs::kProfilePictures, next, this, take,
        {.about = Asking::About::Model, .unanswered = Unanswered::AlwaysEmpty});
}

void PictureAverage::take(const verbs::ProfiledPictures& answer)
{
    m_isAsking = false;
    const int pictures = answer.pictures, failures = int(answer.failures.size());
    const std::size_t cells = pictures > 0 ? answer.heads.values.size() / std::size_t(pictures) : 0;
    const bool isOfTheseHeads = m_cells.empty() || pictures == 0 || cells == m_cells.size();
    if (pictures + failures == 0 || !isOfTheseHeads) return stop(); // cancelled, or the engine is gone
    m_asked += int(std::min<qsizetype>(kAtOnce, m_pictures.size() - m_asked));
    m_counted += pictures;
    for (const verbs::Failure& failure : answer.failures) m_failures << errorText(failure);
    m_cells.resize(std::max(m_cells.size(), cells));
    for (std::size_t i = 0; i < cells * std::size_t(pictures); ++i)
        m_cells[i % cells].add(double(answer.heads.values[i]));
    Q_EMIT changed();
    askNext();
}

std::vector<ProfiledHead> PictureAverage::heads() const
{
    std::vector<ProfiledHead> heads;
    const RunningMean* cell = m_cells.data();
    const auto& blocks = m_model->model().blocks;
    for (int layer = 0; layer < int(blocks.size()); ++layer)
        for (int head = 0; head < blocks[std::size_t(layer)].heads; ++head) {
            if (cell + kHeadColumns > m_cells.data() + m_cells.size()) return {};
            std::array<double, kHeadPatterns> scores{};
            for (std::size_t i = 0; i < kHeadPatterns; ++i) scores[i] = cell[kHeadNumbers + i].mean();
            ProfiledHead one = profiledHead({layer, head}, scores);
            for (std::size_t i = 0; i < kHeadNumbers; ++i) {
                one.numbers[i] = cell[i].mean();
                one.deviations[i] = cell[i].deviation();
            }
            heads.push_back(one);
            cell += kHeadColumns;
        }
    return heads;
}

} // namespace headlens
