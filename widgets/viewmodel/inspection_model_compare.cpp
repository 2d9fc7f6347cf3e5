// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that asks why, and what changed: methods, the score they explain, the baseline.
#include "core/wire/block_grid.h"
#include "widgets/viewmodel/asking.h"

#include <algorithm>

namespace headlens {

const verbs::MethodInfo* InspectionModel::method(const QString& id) const
{
    const auto hit = std::ranges::find(m_model.methods, id.toStdString(), &verbs::MethodInfo::id);
    return hit == m_model.methods.end() ? nullptr : &*hit;
}

// The shown one, else the first that the model allows.
const verbs::MethodInfo* InspectionModel::explainingMethod() const
{
    const auto explains = [](const verbs::MethodInfo& method) {
        return method.ofScore && method.needsGradients && method.refusal.empty();
    };
    const verbs::MethodInfo* shown = shownMethod();
    if (shown != nullptr && explains(*shown)) return shown;
    const auto hit = std::ranges::find_if(m_model.methods, explains);
    return hit == m_model.methods.end() ? nullptr : &*hit;
}

void InspectionModel::explain(const verbs::ScoreChoice& score)
{
    m_score = score;
    m_mapIsCurrent = false;
    showExplanation();
}

void InspectionModel::lookInto(const QString& label)
{
    m_score = {};
    m_mapIsCurrent = false;
    TextWish wish = m_text;
    wish.lookedInto = label;
    const bool runs = !(wish == m_text);
    setText(wish); // asks again as soon as it has run
    if (!runs || shownMethod() != explainingMethod()) showExplanation();
}

void InspectionModel::showExplanation()
{
    const verbs::MethodInfo* method = explainingMethod();
    if (method == nullptr) return;
    const QString id = QString::fromStdString(method->id);
    if (m_selection->map() == id)
        requestMap();
    else
        m_selection->setMap(id); // asks
}

std::map<std::string, std::string> InspectionModel::methodSettings(const QString& method) const
{
    const auto hit = m_methodSettings.find(method);
    return hit == m_methodSettings.end() ? std::map<std::string, std::string>() : hit->second;
}

QString InspectionModel::methodSetting(const QString& method, const QString& name) const
{
    const std::map<std::string, std::string> set = methodSettings(method);
    if (const auto hit = set.find(name.toStdString()); hit != set.end()) return QString::fromStdString(hit->second);
    const verbs::MethodInfo* known = this->method(method);
    if (known == nullptr) return {};
    const auto usual = std::ranges::find(known->settings, name.toStdString(), &verbs::Switch::name);
    return usual == known->settings.end() ? QString() : QString::fromStdString(usual->usual);
}

void InspectionModel::setMethodSetting(const QString& method, const QString& name, const QString& value)
{
    if (methodSetting(method, name) == value) return;
    const verbs::MethodInfo* known = this->method(method);
    if (known == nullptr) return;
    std::map<std::string, std::string>& set = m_methodSettings[method];
    const auto usual = std::ranges::find(known->settings, name.toStdString(), &verbs::Switch::name);
    if (usual != known->settings.end() && usual->usual == value.toStdString())
        set.erase(name.toStdString());
    else
        set[name.toStdString()] = value.toStdString();
    m_mapIsCurrent = false;
    Q_EMIT methodSettingsChanged();
    if (m_selection->map() == method) requestMap();
}

void InspectionModel::holdRun()
{
    if (!canAsk()) return;
    const auto keep = [this, held = m_input](const verbs::Nothing&) {
        m_held = held;
        Q_EMIT comparisonChanged();
        requestViews();
    };
    headlens::ask(this, verbs::kHold, {}, this, keep, {.tag = QString()});
}

void InspectionModel::releaseRun()
{
    if (!holdsRun()) return;
    forgetHeld();
    headlens::ask(this, verbs::kHold, {.release = true}, this, [](const verbs::Nothing&) {},
                  {.about = Asking::About::Nothing, .tag = QString(), .quiet = true});
    requestViews();
}

void InspectionModel::forgetHeld()
{
    if (!holdsRun()) return;
    m_held = {};
    Q_EMIT comparisonChanged();
}

bool InspectionModel::isComparing() const
{
    return holdsRun() && std::ranges::equal(m_held.blocks, m_input.blocks, areAlike);
}

} // namespace headlens
