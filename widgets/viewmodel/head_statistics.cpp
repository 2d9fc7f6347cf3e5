// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/head_statistics.h"

#include "core/base/error.h"
#include "core/wire/message.h"
#include "core/wire/packing.h"
#include "core/wire/verbs_heads.h"
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

void HeadStatistics::pause()
{
    if (m_question != 0) m_model->link()->cancel(m_question);
}

void HeadStatistics::begin()
{
    ++m_run;
    m_question = 0;
    m_coming.clear();
    if (m_values.empty() || fits(m_values)) return;
    m_values.clear();
    Q_EMIT changed();
}

// One question at a time: rows that the mouse asks for meanwhile wait for one layer, not for all.
void HeadStatistics::askNext()
{
    const auto layer = int(m_coming.size());
    if (!m_wanted || m_question != 0 || layer >= int(m_model->input().blocks.size()) || !m_model->canAsk()) return;
    const auto take = [this, layer, run = m_run](const Message& answer) {
        if (run != m_run) return;
        m_question = 0;
        if (answer.status != Status::Cancelled) this->take(layer, answer); // else the next rows ask again
    };
    m_question = m_model->link()->ask(verbs::kHeadStatistics.verb, verbs::HeadQuestion{layer}, take, {.quiet = true});
}

void HeadStatistics::take(int layer, const Message& answer)
{
    verbs::HeadNumbers numbers; // stays empty where it failed or cannot be read
    try {
        if (answer.status == Status::Done) numbers = verbs::unpack<verbs::HeadNumbers>(answer);
    } catch (const Error&) {
        numbers = {};
    }
    std::vector<double> means(numbers.means.values.begin(), numbers.means.values.end());
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
