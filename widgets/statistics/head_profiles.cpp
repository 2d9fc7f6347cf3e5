// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statistics/head_profiles.h"

#include "core/wire/verbs_statistics.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace headlens {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double at(const FloatArray& table, int row, std::size_t column)
{
    const bool isThere = table.isTable() && row < table.rows() && int(column) < table.columns();
    return isThere ? double(table.part(row)[column]) : kNone;
}

} // namespace

QString ProfiledHead::patternName() const
{
    return pattern < 0 ? QString() : methodText(headPatterns()[std::size_t(pattern)].title);
}

ProfiledHead profiledHead(const HeadPlace& place, const std::array<double, kHeadPatterns>& scores)
{
    ProfiledHead head{place};
    head.numbers.fill(kNone);
    head.deviations.fill(kNone);
    head.pattern = patternOf(scores);
    head.score = head.pattern < 0 ? kNone : scores[std::size_t(head.pattern)];
    return head;
}

HeadProfiles::HeadProfiles(InspectionModel* model, QObject* parent) : QObject(parent), m_model(model)
{
    connect(model, &InspectionModel::inputChanged, this, &HeadProfiles::begin);
    connect(model->rows(), &LiveRows::changed, this, &HeadProfiles::askNext);   // the picture goes first
    connect(model->link(), &EngineLink::settled, this, &HeadProfiles::askNext); // it was busy when we wanted to
}

void HeadProfiles::setWanted(bool wanted)
{
    m_wanted = wanted;
    askNext();
}

bool HeadProfiles::has(HeadNumber number) const
{
    return std::ranges::any_of(heads(), [&](const ProfiledHead& one) { return !std::isnan(one.number(number)); });
}

void HeadProfiles::showAverage(std::vector<ProfiledHead> average)
{
    m_average = std::move(average);
    Q_EMIT changed();
}

void HeadProfiles::begin()
{
    ++m_run;
    m_layer = 0;
    m_coming.clear();
    m_isAsking = m_isDone = false;
    const auto& blocks = m_model->input().blocks;
    const bool fits = std::ranges::all_of(m_heads, [&](const ProfiledHead& one) {
        return std::size_t(one.place.layer) < blocks.size() &&
               one.place.head < blocks[std::size_t(one.place.layer)].heads;
    });
    if (!fits) {
        m_heads.clear();
        Q_EMIT changed();
    }
    askNext();
}

// One question at a time: rows that the mouse asks for meanwhile wait for one layer, not for all.
void HeadProfiles::askNext()
{
    if (!m_wanted || m_isAsking || m_isDone || !m_model->canAsk()) return;
    m_isAsking = true;
    const auto take = [this, run = m_run](const verbs::HeadProfile& answer) {
        if (run != m_run) return;
        m_isAsking = false;
        this->take(answer);
    };
    ask(m_model, verbs::kHeadProfile, {m_layer}, this, take, {.quiet = true, .unanswered = Unanswered::AlwaysEmpty});
}

void HeadProfiles::take(const verbs::HeadProfile& layer)
{
    const auto& blocks = m_model->input().blocks;
    if (std::size_t(m_layer) >= blocks.size()) return;
    for (int head = 0; head < blocks[std::size_t(m_layer)].heads; ++head) {
        std::array<double, kHeadPatterns> scores{};
        for (std::size_t i = 0; i < kHeadPatterns; ++i) scores[i] = at(layer.scores, head, i);
        ProfiledHead one = profiledHead({m_layer, head}, scores);
        for (std::size_t i = 0; i < kHeadNumbers; ++i) one.numbers[i] = at(layer.numbers, head, i);
        m_coming.push_back(one);
    }
    if (std::size_t(++m_layer) < blocks.size()) return askNext();
    m_heads = m_coming;
    m_isDone = true;
    Q_EMIT changed();
}

} // namespace headlens
