// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/head_statistics.h"

#include "core/wire/verbs_heads.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"

#include <cmath>
#include <limits>
#include <utility>

namespace headlens {
namespace {

constexpr std::size_t kStatistics = 4;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

} // namespace

HeadStatistics::HeadStatistics(InspectionModel* model) : QObject(model), m_model(model)
{
    connect(model, &InspectionModel::inputChanged, this, &HeadStatistics::begin);
    connect(model->rows(), &LiveRows::changed, this, &HeadStatistics::askNext); // the picture goes first
}

void HeadStatistics::want()
{
    if (std::exchange(m_wanted, true)) return;
    if (!m_model->rows()->layers().empty()) askNext();
}

void HeadStatistics::begin()
{
    ++m_run;
    m_asking = false;
    m_coming.clear();
    if (m_values.empty() || fits(m_values)) return;
    m_values.clear();
    Q_EMIT changed();
}

// One question at a time: rows that the mouse asks for meanwhile wait for one layer, not for all.
void HeadStatistics::askNext()
{
    const auto layer = int(m_coming.size());
    if (!m_wanted || m_asking || layer >= int(m_model->input().blocks.size()) || !m_model->canAsk()) return;
    m_asking = true;
    const auto take = [this, layer, run = m_run](const verbs::HeadNumbers& answer) {
        if (run != m_run) return;
        m_asking = false;
        if (answer.layer != layer && !m_model->canAsk()) return; // cancelled: the next rows ask again
        this->take(layer, {answer.means.values.begin(), answer.means.values.end()});
    };
    ask(m_model, verbs::kHeadStatistics, {layer}, this, take, {.quiet = true, .unanswered = Unanswered::AlwaysEmpty});
}

void HeadStatistics::take(int layer, std::vector<double> means)
{
    means.resize(std::size_t(m_model->input().blocks[std::size_t(layer)].heads) * kStatistics, kNone);
    m_coming.push_back(std::move(means));
    if (m_coming.size() < m_model->input().blocks.size()) return askNext();
    m_values = m_coming;
    Q_EMIT changed();
}

bool HeadStatistics::fits(const Layers& values) const
{
    const std::vector<verbs::BlockGrid>& blocks = m_model->input().blocks;
    if (values.size() != blocks.size()) return false;
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (values[i].size() != std::size_t(blocks[i].heads) * kStatistics) return false;
    return true;
}

double HeadStatistics::of(int layer, int head, HeadStatistic what) const
{
    if (layer < 0 || head < 0 || std::size_t(layer) >= m_values.size()) return kNone;
    const std::vector<double>& values = m_values[std::size_t(layer)];
    const std::size_t place = std::size_t(head) * kStatistics + std::size_t(what);
    return place < values.size() ? values[place] : kNone;
}

double HeadStatistics::ofLayer(int layer, HeadStatistic what) const
{
    if (layer < 0 || std::size_t(layer) >= m_values.size()) return kNone;
    double sum = 0;
    int count = 0;
    for (int head = 0; head < int(m_values[std::size_t(layer)].size() / kStatistics); ++head)
        if (const double one = of(layer, head, what); !std::isnan(one)) {
            sum += one;
            ++count;
        }
    return count > 0 ? sum / count : kNone;
}

} // namespace headlens
