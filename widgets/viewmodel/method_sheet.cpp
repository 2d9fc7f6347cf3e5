// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/method_sheet.h"

#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace headlens {
namespace {

using State = SheetTile::State;

bool isSame(const verbs::MapQuestion& a, const verbs::MapQuestion& b)
{
    const auto parts = [](const verbs::MapQuestion& of) {
        return std::tie(of.method, of.layer, of.score.target, of.score.token, of.score.candidate, of.score.against,
                        of.settings);
    };
    return parts(a) == parts(b);
}

} // namespace

MethodSheet::MethodSheet(InspectionModel* model) : QObject(model), m_model(model)
{
    connect(model, &InspectionModel::inputChanged, this, &MethodSheet::forget);
    connect(model, &InspectionModel::modelChanged, this, [this] {
        m_second = -1;
        forget();
    });
    connect(model->map(), &MethodMap::scoreChanged, this, &MethodSheet::settle);
    connect(model->map(), &MethodMap::settingsChanged, this, &MethodSheet::settle);
    connect(model->link(), &EngineLink::settled, this, &MethodSheet::proceed);
}

void MethodSheet::watch(QObject* who, bool looks)
{
    if (looks == m_watching.contains(who)) return;
    if (looks) {
        m_watching.insert(who);
        connect(who, &QObject::destroyed, this, [this, who] { watch(who, false); });
        return proceed();
    }
    m_watching.remove(who);
    disconnect(who, &QObject::destroyed, this, nullptr);
    if (m_watching.isEmpty()) stopAsking();
}

void MethodSheet::setPaused(bool paused)
{
    if (std::exchange(m_isPaused, paused) == paused) return;
    if (paused && !m_check.isRunning) stopAsking();
    Q_EMIT changed();
    proceed();
}

bool MethodSheet::isOffered() const
{
    return m_model->hasInput() && m_model->run().hasPicture() && m_model->run().pictureOf() != nullptr;
}

const SheetTile* MethodSheet::tile(const QString& method, int side) const
{
    const auto hit =
        std::ranges::find_if(m_tiles, [&](const SheetTile& one) { return one.method == method && one.side == side; });
    return hit == m_tiles.end() ? nullptr : &*hit;
}

SheetTile* MethodSheet::tileOf(quint64 serial)
{
    const auto hit = std::ranges::find(m_tiles, serial, &SheetTile::serial);
    return hit == m_tiles.end() ? nullptr : &*hit;
}

// What is of one head explains no answer.
QStringList MethodSheet::methods() const
{
    QStringList ids;
    for (const verbs::MethodInfo& one : m_model->model().methods)
        if (one.refusal.empty() && one.over != "head") ids << QString::fromStdString(one.id);
    std::ranges::stable_sort(ids, {}, [this](const QString& id) {
        const qsizetype place = m_order.indexOf(id);
        return place < 0 ? m_order.size() : place;
    });
    return ids;
}

std::vector<const verbs::MethodInfo*> MethodSheet::refused() const
{
    std::vector<const verbs::MethodInfo*> some;
    for (const verbs::MethodInfo& one : m_model->model().methods)
        if (!one.refusal.empty() && one.over != "head") some.push_back(&one);
    return some;
}

void MethodSheet::move(int from, int to)
{
    QStringList ids = methods();
    if (from < 0 || from >= ids.size() || to < 0 || to >= ids.size() || from == to) return;
    ids.move(from, to);
    m_order = ids;
    settle();
}

verbs::ScoreChoice MethodSheet::score(int side) const
{
    verbs::ScoreChoice score = m_model->map()->score();
    if (side == 0) return score;
    score.against = -1;
    const std::vector<verbs::Prediction> answers = answersOf(m_model->input());
    const int first = score.target >= 0 || answers.empty() ? score.target : answers.front().index;
    const auto other =
        std::ranges::find_if(answers, [first](const verbs::Prediction& one) { return one.index != first; });
    score.target = m_second >= 0 ? m_second : other == answers.end() ? first : other->index;
    return score;
}

void MethodSheet::setSecond(int target)
{
    m_second = target;
    settle();
}

bool MethodSheet::showsTwo() const
{
    return m_showsTwo && m_model->input().outputs.get<verbs::Classes>().best.size() > 1;
}

void MethodSheet::setShowsTwo(bool two)
{
    if (std::exchange(m_showsTwo, two) != two) settle();
}

verbs::MapQuestion MethodSheet::question(const verbs::MethodInfo& method, int side) const
{
    verbs::MapQuestion asked;
    asked.method = method.id;
    if (method.over == "layer") asked.layer = std::max(0, int(m_model->input().blocks.size()) - 1);
    asked.score = score(side);
    asked.settings = m_model->map()->settings(QString::fromStdString(method.id));
    return asked;
}

// Of one random map.
verbs::MapQuestion MethodSheet::controlQuestion(int seed) const
{
    verbs::MapQuestion asked;
    asked.method = kControl;
    asked.score = score(0);
    asked.settings["seed"] = std::to_string(seed);
    return asked;
}

verbs::MapQuestion MethodSheet::checkQuestion(const QString& method) const
{
    const verbs::MethodInfo* known = m_model->map()->method(method);
    return known == nullptr ? verbs::MapQuestion() : question(*known, 0);
}

void MethodSheet::forget()
{
    stopAsking();
    m_check = {};
    m_tiles.clear();
    m_control = {};
    m_judging = 0;
    m_judgesAll = false;
    settle();
}

// Those of now that still fit, as they are.
std::vector<SheetTile> MethodSheet::wantedTiles()
{
    std::vector<SheetTile> wanted;
    if (!isOffered()) return wanted;
    for (const QString& id : methods())
        for (int side = 0; side <= int(showsTwo()); ++side) {
            const verbs::MapQuestion asked = question(*m_model->map()->method(id), side);
            const SheetTile* known = tile(id, side);
            const bool fits = known != nullptr && isSame(known->of, asked);
            wanted.push_back(fits ? *known : SheetTile{id, side, asked, ++m_serial});
        }
    return wanted;
}

void MethodSheet::settle()
{
    const bool isOther = !isSame(m_controlOf, controlQuestion(0));
    if (isOther) m_control = {};
    m_controlOf = controlQuestion(0);
    std::vector<SheetTile> wanted = wantedTiles();
    const auto isNew = [this](const SheetTile& one) { return tileOf(one.serial) == nullptr; };
    if (isOther || wanted.size() != m_tiles.size() || std::ranges::any_of(wanted, isNew)) stopAsking();
    for (SheetTile& one : wanted) // what was under way begins again
        if (const SheetTile* known = tileOf(one.serial)) one.state = known->state;
    m_tiles = std::move(wanted);
    if (m_check.isRunning && !isSame(m_check.of, checkQuestion(m_check.method))) stopCheck();
    Q_EMIT changed();
    proceed();
}

void MethodSheet::compute(const QString& method)
{
    for (SheetTile& one : m_tiles) {
        if (one.method != method) continue;
        one.byHand = true;
        one.why.clear();
        if (one.state == State::Dear || one.state == State::Failed) one.state = State::Waiting;
    }
    Q_EMIT changed();
    proceed();
}

void MethodSheet::stop(const QString& method)
{
    stopAsking();
    for (SheetTile& one : m_tiles) {
        if (one.method != method) continue;
        one.byHand = false;
        if (one.state == State::Waiting) one.state = State::Dear;
    }
    Q_EMIT changed();
    proceed();
}

double MethodSheet::secondsToJudge() const
{
    if (m_judgesAll || m_judging <= kDearToJudge) return 0;
    const auto left = std::ranges::count_if(
        m_tiles, [](const SheetTile& one) { return one.state == State::Shown && one.why.isEmpty(); });
    return double(left) * m_judging;
}

void MethodSheet::judgeAll()
{
    m_judgesAll = true;
    proceed();
}

void MethodSheet::startCheck(const QString& method)
{
    const auto& blocks = m_model->model().blocks;
    if (m_model->map()->method(method) == nullptr || blocks.empty()) return;
    stopAsking();
    const auto ofTower = std::ranges::count_if(
        blocks, [&](const auto& one) { return one.tower == blocks.back().tower; }); // one after another in each
    m_check = {method, checkQuestion(method), int(ofTower), {}, true, {}};
    Q_EMIT changed();
    proceed();
}

void MethodSheet::stopCheck()
{
    if (!std::exchange(m_check.isRunning, false)) return;
    stopAsking();
    Q_EMIT changed();
    proceed();
}

} // namespace headlens
