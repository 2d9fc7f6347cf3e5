// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/studies.h"

#include "core/base/error.h"
#include "core/wire/packing.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"

#include <algorithm>
#include <tuple>

namespace headlens {
namespace {

auto partsOf(const verbs::MapQuestion& of)
{
    return std::tuple(of.method, of.layer, of.head, of.token, of.settings);
}

auto partsOf(const verbs::ScoreChoice& of)
{
    return std::tuple(of.target, of.token, of.candidate, of.against);
}

} // namespace

Studies::Studies(InspectionModel* model, Selection* selection, QObject* parent)
    : QObject(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens())
{
    connect(model, &InspectionModel::modelChanged, this, &Studies::forgetModel);
    connect(model, &InspectionModel::inputChanged, this, &Studies::onInput);
    connect(model->rows(), &LiveRows::changed, this, &Studies::settle);   // the picture goes first
    connect(model->link(), &EngineLink::settled, this, &Studies::settle); // it was busy when we wanted to
    connect(model->link(), &EngineLink::phaseChanged, this, [this](EngineLink::Phase phase) {
        if (phase != EngineLink::Phase::Idle) cancel(); // what comes must not wait for it
    });
    connect(model->map(), &MethodMap::scoreChanged, this, &Studies::askAnew);
    connect(model->comparison(), &Comparison::changed, this, [this] {
        ++m_baseline;
        Q_EMIT listed();
        askAnew();
    });
    connect(m_tokens, &TokenChoice::changed, this, [this] {
        if (const verbs::StudyInfo* one = chosen(); one != nullptr && one->method.ofToken) askAnew();
    });
    connect(m_heads, &HeadChoice::changed, this, [this] {
        if (const verbs::StudyInfo* one = chosen(); one != nullptr && one->method.over != "run") askAnew();
    });
}

void Studies::watch(bool looks)
{
    m_looks = looks;
    settle();
}

void Studies::forgetModel()
{
    cancel();
    m_all.clear();
    m_answer = {};
    m_cost.reset();
    m_why.clear();
    m_isListed = m_isTried = false;
    Q_EMIT listed();
    Q_EMIT answered();
    settle();
}

void Studies::onInput()
{
    ++m_run;
    m_isTried = false;
    m_cost.reset();
    m_why.clear();
    Q_EMIT listed();
    Q_EMIT changed();
    settle();
}

const verbs::StudyInfo* Studies::chosen() const
{
    const auto hit = std::ranges::find(m_all, m_chosen, [](const verbs::StudyInfo& one) { return one.method.id; });
    return hit == m_all.end() ? nullptr : &*hit;
}

QString Studies::refusalOf(const verbs::StudyInfo& study) const
{
    if (!study.method.refusal.empty()) return methodText(study.method.refusal);
    const Comparison& held = *m_model->comparison();
    if (study.needsOther && !held.holds())
        return tr("hold the run of one input as the baseline, then open the other input");
    if (study.needsOther && !held.isOfThisModel())
        return tr("hold a run of this model: the baseline is of another one");
    if (study.needsOther && held.isItself()) return tr("the baseline is the shown run: open the other input");
    return {};
}

void Studies::choose(const QString& id)
{
    if (m_chosen == id.toStdString()) return;
    cancel();
    m_chosen = id.toStdString();
    m_answer = {};
    m_cost.reset();
    m_why.clear();
    m_isTried = false;
    Q_EMIT answered();
    Q_EMIT changed();
    settle();
}

QString Studies::setting(const QString& name) const
{
    const verbs::StudyInfo* one = chosen();
    if (one == nullptr) return {};
    if (const auto own = m_settings.find(m_chosen); own != m_settings.end())
        if (const auto hit = own->second.find(name.toStdString()); hit != own->second.end())
            return QString::fromStdString(hit->second);
    const auto usual = std::ranges::find(one->method.settings, name.toStdString(), &verbs::Switch::name);
    return usual == one->method.settings.end() ? QString() : QString::fromStdString(usual->usual);
}

void Studies::set(const QString& name, const QString& value)
{
    const verbs::StudyInfo* one = chosen();
    if (one == nullptr || setting(name) == value) return;
    const auto usual = std::ranges::find(one->method.settings, name.toStdString(), &verbs::Switch::name);
    if (usual != one->method.settings.end() && usual->usual == value.toStdString())
        m_settings[m_chosen].erase(name.toStdString());
    else
        m_settings[m_chosen][name.toStdString()] = value.toStdString();
    cancel();
    m_cost.reset();
    m_isTried = false;
    Q_EMIT changed();
    settle();
}

verbs::StudyQuestion Studies::question() const
{
    verbs::StudyQuestion asked;
    asked.of.method = m_chosen;
    const verbs::StudyInfo* one = chosen();
    if (one != nullptr && one->method.over != "run") {
        asked.of.layer = m_heads->layer();
        asked.of.head = m_heads->head();
    }
    if (one != nullptr && one->method.ofToken && m_tokens->query().stream == 0)
        asked.of.token = m_tokens->query().token;
    asked.of.score = m_model->map()->score();
    if (const auto own = m_settings.find(m_chosen); own != m_settings.end()) asked.of.settings = own->second;
    return asked;
}

bool Studies::isStale() const
{
    if (m_answer.matrices.empty()) return false;
    if (const verbs::StudyInfo* one = chosen(); one != nullptr && one->readsOther && m_answeredBaseline != m_baseline)
        return true;
    const verbs::MapQuestion now = question().of, &then = m_answer.of.of;
    const bool ofScore = !m_answer.label.empty();
    return m_answeredRun != m_run || partsOf(now) != partsOf(then) ||
           (ofScore && partsOf(now.score) != partsOf(then.score));
}

void Studies::askAnew()
{
    m_isTried = false;
    Q_EMIT changed();
    settle();
}

void Studies::settle()
{
    if (!m_looks || !m_model->canAsk()) return;
    if (!m_isListed) return askList();
    const verbs::StudyInfo* one = chosen();
    if (one == nullptr || !refusalOf(*one).isEmpty()) return;
    if (!m_cost) return askCost();
    const bool isMissing = m_answer.matrices.empty() || isStale();
    if (isMissing && !m_isTried && !isRunning() && isQuick()) run();
}

void Studies::askList()
{
    ask(m_model, verbs::kStudies, {}, this,
        [this](const verbs::StudyList& found) {
            m_all = found.studies;
            m_isListed = true;
            const bool isKnown = chosen() != nullptr && refusalOf(*chosen()).isEmpty();
            const auto first =
                std::ranges::find_if(m_all, [this](const verbs::StudyInfo& one) { return refusalOf(one).isEmpty(); });
            if (!isKnown) m_chosen = first == m_all.end() ? std::string() : first->method.id;
            Q_EMIT listed();
            Q_EMIT changed();
            settle();
        },
        {.quiet = true, .unanswered = Unanswered::EmptyWhenFailed}); // not asked again and again
}

void Studies::askCost()
{
    ask(m_model, verbs::kStudyCost, question(), this,
        [this, of = m_chosen](const verbs::MapCost& cost) {
            if (of != m_chosen) return;
            m_cost = cost;
            Q_EMIT changed();
            settle();
        },
        {.quiet = true, .unanswered = Unanswered::EmptyWhenFailed});
}

// Measures that read what the run kept say no cost: they go with the size of its maps.
bool Studies::isQuick() const
{
    constexpr double kAtOnce = 0.8; // seconds
    constexpr double kFewEntries = 2e7;
    if (m_cost->passes > 0) return m_cost->seconds < kAtOnce;
    const double tokens = m_model->input().tokens;
    return double(m_model->input().blocks.size()) * tokens * tokens < kFewEntries;
}

void Studies::run()
{
    const verbs::StudyInfo* one = chosen();
    if (one == nullptr || isRunning() || !m_model->canAsk() || !refusalOf(*one).isEmpty()) return;
    m_isTried = true;
    m_why.clear();
    m_done = m_total = 0;
    const verbs::StudyQuestion asked = question();
    const QPointer<Studies> self(this);
    const auto grown = [self](const verbs::Progress& step) {
        if (!self || !self->isRunning()) return;
        self->m_done = step.done;
        self->m_total = step.total;
        Q_EMIT self->changed();
    };
    m_question = m_model->link()->ask(verbs::kStudy.verb, asked,
                                      [self, asked, run = m_run, baseline = m_baseline](const Message& message) {
                                          if (!self) return;
                                          self->m_question = 0;
                                          if (run == self->m_run) self->take(message, asked, baseline);
                                          Q_EMIT self->changed();
                                          self->settle();
                                      },
                                      {.quiet = true, .grown = grown});
    Q_EMIT changed();
}

void Studies::cancel()
{
    if (m_question != 0) m_model->link()->cancel(m_question);
}

void Studies::take(const Message& message, const verbs::StudyQuestion& asked, unsigned baseline)
{
    if (asked.of.method != m_chosen || message.status == Status::Cancelled) return;
    try {
        if (message.status == Status::Failed) {
            m_why = errorText(verbs::read<verbs::Failure>(message.body));
            m_answer = {};
        } else {
            m_answer = verbs::unpack<verbs::Study>(message);
            m_answeredRun = m_run;
            m_answeredInput = m_model->input();
            m_answeredBaseline = baseline;
        }
    } catch (const Error& error) {
        m_answer = {};
        m_why = tr("The answer of the engine cannot be read: %1").arg(QString::fromStdString(error.why()));
    }
    Q_EMIT answered();
}

} // namespace headlens
