// SPDX-License-Identifier: GPL-3.0-or-later
// What the sheet asks of the engine, one question after another behind everything else.
#include "core/base/error.h"
#include "core/wire/packing.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

using State = SheetTile::State;

// Nothing: it was stopped, or `why` says what happened.
template <class Answer>
std::optional<Answer> answerOf(const Message& message, QString& why)
{
    try {
        if (message.status == Status::Done) return verbs::unpack<Answer>(message);
        if (message.status == Status::Failed) why = errorText(verbs::read<verbs::Failure>(message.body));
    } catch (const Error& error) {
        why = QString::fromUtf8(error.what());
    }
    return {};
}

// What is below 0 speaks against the answer and is left out; the rest from 0 to 1, as the engine's judgement shows it.
FloatArray displayOf(FloatArray map)
{
    float low = INFINITY, high = -INFINITY;
    for (float& value : map.values) {
        value = std::isfinite(value) ? std::max(0.0F, value) : 0;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    for (float& value : map.values) value = high > low ? (value - low) / (high - low) : 0;
    return map;
}

void addMean(std::vector<double>& mean, const FloatArray& one, int before)
{
    const auto values = one.part(0);
    mean.resize(values.size(), 0);
    for (std::size_t i = 0; i < values.size(); ++i) mean[i] += (double(values[i]) - mean[i]) / (before + 1);
}

} // namespace

void MethodSheet::stopAsking()
{
    if (m_question == 0) return;
    ++m_ticket;
    m_model->link()->cancel(std::exchange(m_question, 0));
    for (SheetTile& one : m_tiles) {
        if (one.state == State::Computing) one.state = State::Waiting;
        if (one.state == State::Judging) one.state = State::Shown;
    }
}

void MethodSheet::ask(const char* verb, const Json& what, Take take)
{
    Sending how;
    how.quiet = how.background = true;
    const quint64 ticket = ++m_ticket;
    const auto hear = [this, ticket, take = std::move(take)](const Message& answer) {
        if (ticket != m_ticket) return; // it was stopped
        m_question = 0;
        take(answer);
        Q_EMIT changed();
        proceed();
    };
    m_question = m_model->link()->ask(verb, what, hear, how);
    Q_EMIT changed();
}

void MethodSheet::proceed()
{
    if (m_question != 0 || m_watching.isEmpty() || !isOffered()) return;
    if (!m_model->canAsk() || !m_model->link()->isSettled()) return; // settled() comes
    if (askNextCheck() || m_isPaused) return;
    static_cast<void>(askNextCost() || askNextMap() || askNextJudgement() || askNextControl());
}

SheetTile* MethodSheet::cheapest(const std::function<bool(const SheetTile&)>& among)
{
    SheetTile* best = nullptr;
    for (SheetTile& one : m_tiles)
        if (among(one) && (best == nullptr || one.cost->seconds < best->cost->seconds)) best = &one;
    return best;
}

bool MethodSheet::askNextCost()
{
    const auto next = std::ranges::find_if(m_tiles, [](const SheetTile& one) { return !one.cost; });
    if (next == m_tiles.end()) return false;
    ask(verbs::kMapCost.verb, next->of, [this, id = next->method](const Message& answer) { takeCost(id, answer); });
    return true;
}

// The same for both classes. A cost that nobody knows keeps nothing from being computed.
void MethodSheet::takeCost(const QString& method, const Message& answer)
{
    QString why;
    const auto cost = answerOf<verbs::MapCost>(answer, why);
    if (!cost && why.isEmpty()) return;
    for (SheetTile& one : m_tiles) {
        if (one.method != method || one.cost) continue;
        one.cost = cost.value_or(verbs::MapCost());
        if (one.cost->seconds > kDear && !one.byHand && one.state == State::Waiting) one.state = State::Dear;
    }
}

bool MethodSheet::askNextMap()
{
    SheetTile* next = cheapest([](const SheetTile& one) { return one.state == State::Waiting; });
    if (next == nullptr) return false;
    next->state = State::Computing;
    ask(verbs::kMap.verb, next->of, [this, serial = next->serial](const Message& answer) {
        if (SheetTile* one = tileOf(serial)) takeMap(*one, answer);
    });
    return true;
}

void MethodSheet::takeMap(SheetTile& tile, const Message& answer)
{
    auto map = answerOf<verbs::TokenMap>(answer, tile.why);
    tile.state = State::Waiting;
    if (map && map->map.empty()) tile.why = tr("This method says nothing of patches.");
    if (!tile.why.isEmpty()) tile.state = State::Failed;
    if (!map || map->map.empty()) return;
    tile.state = State::Shown;
    tile.largest = double(*std::ranges::max_element(map->map.values));
    tile.label = QString::fromStdString(map->label);
    tile.remark = QString::fromStdString(map->remark);
    tile.display = displayOf(std::move(map->map));
}

bool MethodSheet::askNextJudgement()
{
    SheetTile* next = cheapest([this](const SheetTile& one) {
        return one.state == State::Shown && one.why.isEmpty() && (judgesByItself() || one.byHand);
    });
    if (next == nullptr) return false;
    next->state = State::Judging;
    QElapsedTimer clock;
    clock.start();
    ask(verbs::kJudgeMap.verb, verbs::JudgeMap{next->of}, [this, serial = next->serial, clock](const Message& answer) {
        if (SheetTile* one = tileOf(serial)) takeJudgement(*one, answer, double(clock.elapsed()) / 1000);
    });
    return true;
}

// Where it cannot be measured (a model without classes), the map stays, with the reason.
void MethodSheet::takeJudgement(SheetTile& tile, const Message& answer, double seconds)
{
    auto judged = answerOf<verbs::MapJudgement>(answer, tile.why);
    tile.state = judged ? State::Judged : State::Shown;
    if (!judged) return;
    m_judging = std::max(0.0, seconds - judged->seconds); // without the map
    tile.display = std::exchange(judged->display, {});
    tile.largest = judged->largest;
    tile.label = QString::fromStdString(judged->label);
    tile.judged = std::move(*judged);
}

bool MethodSheet::askNextControl()
{
    const bool compares = std::ranges::any_of(m_tiles, [](const SheetTile& one) { return one.judged.has_value(); });
    if (!compares || !judgesByItself() || m_control.seeds >= kSeeds) return false;
    if (tile(QLatin1String(kControl)) == nullptr) return false;
    ask(verbs::kJudgeMap.verb, verbs::JudgeMap{controlQuestion(m_control.seeds)},
        [this](const Message& answer) { takeControl(answer); });
    return true;
}

void MethodSheet::takeControl(const Message& answer)
{
    QString why;
    const auto judged = answerOf<verbs::MapJudgement>(answer, why);
    if (!why.isEmpty()) m_control.seeds = kSeeds; // without it
    if (!judged || judged->deletion.empty() || judged->insertion.empty()) return;
    const int before = m_control.seeds++;
    addMean(m_control.deletion, judged->deletion, before);
    addMean(m_control.insertion, judged->insertion, before);
    m_control.deletionArea += (judged->deletionArea - m_control.deletionArea) / (before + 1);
    m_control.insertionArea += (judged->insertionArea - m_control.insertionArea) / (before + 1);
}

bool MethodSheet::askNextCheck()
{
    if (!m_check.isRunning) return false;
    ask(verbs::kCheckMap.verb, verbs::CheckMap{m_check.of, int(m_check.correlations.size())},
        [this](const Message& answer) { takeCheck(answer); });
    return true;
}

void MethodSheet::takeCheck(const Message& answer)
{
    const auto checked = answerOf<verbs::MapCheck>(answer, m_check.why);
    if (checked) m_check.correlations.push_back(checked->correlation);
    if (!m_check.why.isEmpty() || m_check.left() <= 0) m_check.isRunning = false;
}

} // namespace headlens
