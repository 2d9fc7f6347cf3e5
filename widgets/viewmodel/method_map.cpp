// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/method_map.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/selection.h"

#include <algorithm>
#include <tuple>

namespace headlens {

MethodMap::MethodMap(InspectionModel* model, Selection* selection)
    : QObject(model), m_model(model), m_selection(selection), m_heads(selection->heads()), m_tokens(selection->tokens())
{
    connect(m_tokens, &TokenChoice::changed, this, &MethodMap::requestOfToken);
    connect(m_tokens, &TokenChoice::otherChanged, this, &MethodMap::requestOfToken); // the pin decides what it shows
    connect(m_selection, &Selection::mapChanged, this, &MethodMap::request);
}

const verbs::MethodInfo* MethodMap::method(const QString& id) const
{
    const std::vector<verbs::MethodInfo>& methods = m_model->model().methods;
    const auto hit = std::ranges::find(methods, id.toStdString(), &verbs::MethodInfo::id);
    return hit == methods.end() ? nullptr : &*hit;
}

const verbs::MethodInfo* MethodMap::method() const
{
    return method(m_selection->map());
}

void MethodMap::requestOfToken()
{
    const verbs::MethodInfo* chosen = method();
    if (chosen != nullptr && chosen->ofToken) request();
}

void MethodMap::request()
{
    const verbs::MethodInfo* chosen = method();
    if (chosen == nullptr || !m_model->canAsk()) return;
    if (!chosen->refusal.empty()) {
        m_shown = {};
        m_isCurrent = false;
        return Q_EMIT changed();
    }
    const bool ofRun = chosen->over == "run" && !chosen->ofToken;
    if (ofRun && m_isCurrent && m_shown.of.method == chosen->id) return Q_EMIT changed();
    const verbs::MapQuestion question{chosen->id,
                                      m_heads->layer(),
                                      m_heads->head(),
                                      std::string(nameOf(m_heads->fusion())),
                                      chosen->ofToken && m_tokens->isPinned() ? m_tokens->query().token : -1,
                                      m_score,
                                      settings(m_selection->map()),
                                      m_model->comparison()->isOn() && chosen->over != "run"};
    const auto take = [this](const verbs::TokenMap& answer) {
        m_shown = answer;
        m_isCurrent = !answer.map.empty() || !answer.streams.empty();
        Q_EMIT changed();
    };
    ask(m_model, verbs::kMap, question, this, take, {.unanswered = Unanswered::EmptyWhenFailed});
}

void MethodMap::forgetRun()
{
    m_shown = {};
    m_isCurrent = false;
    verbs::ScoreChoice left = m_score;
    left.token = -1;
    if (m_model->input().outputs.get<verbs::Classes>().best.empty()) left.target = left.against = -1;
    replaceScore(left);
}

// Nothing is asked.
void MethodMap::replaceScore(const verbs::ScoreChoice& score)
{
    const auto parts = [](const verbs::ScoreChoice& of) {
        return std::tuple(of.target, of.token, of.candidate, of.against);
    };
    if (parts(m_score) == parts(score)) return;
    m_score = score;
    m_isCurrent = false;
    Q_EMIT scoreChanged();
}

void MethodMap::followTop()
{
    verbs::ScoreChoice left = m_score;
    left.target = left.against = -1;
    replaceScore(left);
}

void MethodMap::forgetModel()
{
    replaceScore({});
}

// Maps of a head lie on the patches of their layer, others on the first patches that are as many.
const TokenLayout& MethodMap::layout() const
{
    const verbs::MethodInfo* of = method(QString::fromStdString(m_shown.of.method));
    if (of == nullptr || of->over == "head") return m_model->rows()->layoutOf(m_shown.of.layer);
    const TokenLayout* fitting = m_model->run().pictureOf(int(m_shown.map.rows()), int(m_shown.map.columns()));
    return fitting != nullptr ? *fitting : m_model->rows()->imageLayout();
}

// The chosen one, else the first that the model allows.
const verbs::MethodInfo* MethodMap::explaining() const
{
    const auto explains = [](const verbs::MethodInfo& one) {
        return one.ofScore && one.needsGradients && one.refusal.empty();
    };
    const verbs::MethodInfo* chosen = method();
    if (chosen != nullptr && explains(*chosen)) return chosen;
    const std::vector<verbs::MethodInfo>& methods = m_model->model().methods;
    const auto hit = std::ranges::find_if(methods, explains);
    return hit == methods.end() ? nullptr : &*hit;
}

void MethodMap::explain(const verbs::ScoreChoice& score)
{
    replaceScore(score);
    m_isCurrent = false;
    showExplanation();
}

void MethodMap::setScore(const verbs::ScoreChoice& score)
{
    replaceScore(score);
    const verbs::MethodInfo* chosen = method();
    if (!m_isCurrent && chosen != nullptr && chosen->ofScore) request();
}

void MethodMap::selectLabel(const QString& label)
{
    replaceScore({});
    m_isCurrent = false;
    const bool runs = m_model->request().text.activeLabel != label;
    m_model->wishes()->change(
        [&label](RunRequest& request) { request.text.activeLabel = label; }); // asks again when it has run
    if (!runs || method() != explaining()) showExplanation();
}

void MethodMap::showExplanation()
{
    const verbs::MethodInfo* one = explaining();
    if (one == nullptr) return;
    const QString id = QString::fromStdString(one->id);
    if (m_selection->map() == id)
        request();
    else
        m_selection->setMap(id); // asks
}

std::map<std::string, std::string> MethodMap::settings(const QString& method) const
{
    const auto hit = m_settings.find(method);
    return hit == m_settings.end() ? std::map<std::string, std::string>() : hit->second;
}

QString MethodMap::setting(const QString& method, const QString& name) const
{
    const std::map<std::string, std::string> set = settings(method);
    if (const auto hit = set.find(name.toStdString()); hit != set.end()) return QString::fromStdString(hit->second);
    const verbs::MethodInfo* known = this->method(method);
    if (known == nullptr) return {};
    const auto usual = std::ranges::find(known->settings, name.toStdString(), &verbs::Switch::name);
    return usual == known->settings.end() ? QString() : QString::fromStdString(usual->usual);
}

void MethodMap::set(const QString& method, const QString& name, const QString& value)
{
    if (setting(method, name) == value) return;
    const verbs::MethodInfo* known = this->method(method);
    if (known == nullptr) return;
    std::map<std::string, std::string>& values = m_settings[method];
    const auto usual = std::ranges::find(known->settings, name.toStdString(), &verbs::Switch::name);
    if (usual != known->settings.end() && usual->usual == value.toStdString())
        values.erase(name.toStdString());
    else
        values[name.toStdString()] = value.toStdString();
    m_isCurrent = false;
    Q_EMIT settingsChanged();
    if (m_selection->map() == method) request();
}

} // namespace headlens
