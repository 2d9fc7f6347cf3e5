// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that turns mechanisms off and up, and asks for what they hold.
#include "widgets/viewmodel/inspection_model.h"

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

} // namespace headlens
