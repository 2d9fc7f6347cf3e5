// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that turns mechanisms off and up, and asks for what they hold.
#include "widgets/viewmodel/inspection_model.h"

#include "core/wire/message.h"

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

const verbs::Switch* switchOf(const verbs::ModelInfo& model, const std::string& name)
{
    const auto hit = std::ranges::find(model.switches, name, &verbs::Switch::name);
    return hit == model.switches.end() ? nullptr : &*hit;
}

// "0.50" of a lesson is "0.5" of the model.
bool isAsTrained(const verbs::Switch& one, const std::string& value)
{
    if (value == one.usual) return true;
    bool reads = false, readsUsual = false;
    const double number = QString::fromStdString(value).toDouble(&reads);
    const double usual = QString::fromStdString(one.usual).toDouble(&readsUsual);
    return one.choices.empty() && reads && readsUsual && number == usual;
}

// The numbers of the tensor `name`; none unless there are `count` of them (0: any number).
std::vector<float> numbers(const Message& answer, const char* name, std::size_t count)
{
    const TensorBytes* tensor = answer.find(name);
    std::vector<float> values = tensor != nullptr ? floatsFrom(*tensor) : std::vector<float>();
    if (count != 0 && values.size() != count) values.clear();
    return values;
}

RowParts rowFrom(const Message& answer)
{
    RowParts row;
    row.said = verbs::read<verbs::RowFormula>(answer.body);
    row.weight = numbers(answer, "weight", 0);
    const std::size_t keys = row.weight.size();
    std::vector<float> query = numbers(answer, "query", 0);
    const TensorBytes* forbidden = answer.find("forbidden");
    if (keys == 0 || query.empty()) return {};
    row.dot = numbers(answer, "dot", keys);
    row.score = numbers(answer, "score", keys);
    if (row.dot.empty() || row.score.empty()) return {};
    row.bias = numbers(answer, "bias", keys);
    row.mask = numbers(answer, "mask", keys);
    row.bias.resize(keys);
    row.mask.resize(keys);
    row.forbidden.resize(keys);
    if (forbidden != nullptr && forbidden->dtype == DType::U8 && forbidden->data.size() == keys)
        for (std::size_t i = 0; i < keys; ++i) row.forbidden[i] = forbidden->data[i] != std::byte{0};
    row.keys = numbers(answer, "keys", keys * query.size());
    row.values = numbers(answer, "values", keys * query.size());
    row.query = std::move(query);
    return row;
}

} // namespace

QString InspectionModel::switchValue(const QString& name) const
{
    const std::string key = name.toStdString();
    if (const auto set = m_switches.find(key); set != m_switches.end()) return QString::fromStdString(set->second);
    const verbs::Switch* known = switchOf(m_model, key);
    return known != nullptr ? QString::fromStdString(known->usual) : QString();
}

void InspectionModel::setSwitch(const QString& name, const QString& value)
{
    auto values = m_switches;
    values[name.toStdString()] = value.toStdString();
    setSwitches(values);
}

// Not cancelled while it runs: of what waits the engine keeps the newest, so a dragged gate shows every run that is
// fast enough, and the last one in any case.
void InspectionModel::setSwitches(const std::map<std::string, std::string>& values)
{
    std::map<std::string, std::string> wanted;
    for (const auto& [name, value] : values)
        if (const verbs::Switch* known = switchOf(m_model, name); known != nullptr && !isAsTrained(*known, value))
            wanted[name] = value;
    if (wanted == m_switches) return;
    m_switches = std::move(wanted);
    Q_EMIT switchesChanged();
    const bool modelComes = m_running != 0 && m_runningIsModel;
    if (hasModel() && !m_again && !modelComes && hasSomethingToRun()) sendPicture(false);
}

bool InspectionModel::hasState(const QString& name) const
{
    return std::ranges::find(m_input.states, name.toStdString(), &verbs::StateInfo::name) != m_input.states.end();
}

void InspectionModel::requestState(const QString& name, std::function<void(const StateTensor&)> done)
{
    if (!canAsk() || !hasState(name)) return;
    ask(
        verbs::kState, verbs::State{name.toStdString()},
        [name, done = std::move(done)](const Message& answer) {
            const TensorBytes* found = answer.find("state");
            if (answer.status == Status::Done && found != nullptr)
                done({name.toStdString(), found->shape, floatsFrom(*found)});
            else if (answer.status != Status::Cancelled)
                done({name.toStdString(), {}, {}});
        },
        QStringLiteral("state.") + name, {}, /*quiet=*/true);
}

void InspectionModel::requestRow(const verbs::RowQuestion& question, std::function<void(const RowParts&)> done)
{
    if (!canAsk()) return;
    ask(
        verbs::kRowFormula, question,
        [done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Done) done(rowFrom(answer));
            if (answer.status == Status::Failed) done({}); // an engine that does not know how
        },
        QStringLiteral("row_formula"), {}, /*quiet=*/true);
}

} // namespace headlens
