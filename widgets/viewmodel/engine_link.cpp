// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/engine_link.h"

#include "core/wire/message.h"

#include <utility>

namespace headlens {
namespace {

constexpr int kMostDeaths = 2; // what kills the engine must not do so for ever

} // namespace

EngineLink::EngineLink(EngineClient* client, QObject* parent) : QObject(parent), m_client(client)
{
    connect(m_client, &EngineClient::ready, this, &EngineLink::onReady);
    connect(m_client, &EngineClient::died, this, &EngineLink::onDeath);
    connect(m_client, &EngineClient::gaveUp, this, [this](const QString& words) {
        enter(Phase::Down);
        setBusy({});
        tell(Level::Problem,
             tr("The engine cannot be started: %1. Check the engine command in the settings.").arg(words));
    });
    connect(m_client, &EngineClient::silent, this, [this](const QString& words) {
        tell(Level::Warning, tr("The engine has not answered yet. %1").arg(words));
    });
}

void EngineLink::enter(Phase phase)
{
    if (std::exchange(m_phase, phase) != phase) Q_EMIT phaseChanged(phase);
}

quint64 EngineLink::ask(const char* verb, const Json& body, Answer done, Sending how)
{
    stopBackground();
    const QString tag = how.tag;
    const bool background = how.background;
    if (!background) ++m_outstanding;
    std::vector<TensorBytes> tensors = std::exchange(how.tensors, {});
    const quint64 id = m_client->request(
        verb, body, this,
        [this, how = std::move(how), done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Progress) return onProgress(answer, how);
            if (!how.background) --m_outstanding;
            if (answer.id == m_background) m_background = 0;
            if (answer.status == Status::Failed && !how.quiet) Q_EMIT failed(verbs::read<verbs::Failure>(answer.body));
            done(answer);
            if (isSettled() && !how.background) Q_EMIT settled();
        },
        tag, std::move(tensors));
    if (background) m_background = id;
    return id;
}

// The engine answers one question after another: what a person looks at must not wait.
void EngineLink::stopBackground()
{
    if (const quint64 stopped = std::exchange(m_background, 0); stopped != 0) m_client->cancel(stopped);
}

void EngineLink::onProgress(const Message& message, const Sending& how)
{
    const auto step = verbs::read<verbs::Progress>(message.body);
    if (!how.background) Q_EMIT progress(step.done, step.total);
    if (how.grown) how.grown(step);
}

void EngineLink::start(Phase phase, const QString& words, const char* verb, const Json& body, Answer done, Sending how)
{
    enter(phase);
    if (!words.isEmpty()) setBusy(words);
    const auto take = [this, done = std::move(done)](const Message& answer) {
        endJob(answer);
        done(answer);
    };
    m_job = ask(verb, body, take, std::move(how));
}

// Of a job that was replaced by a newer one nothing ends.
void EngineLink::endJob(const Message& answer)
{
    if (answer.id != m_job) return;
    m_job = 0;
    setBusy({});
    if (m_phase != Phase::Down) enter(Phase::Idle);
}

void EngineLink::cancelJob()
{
    if (m_job != 0) m_client->cancel(m_job);
}

bool EngineLink::isHopeless() const
{
    return m_deaths >= kMostDeaths;
}

void EngineLink::onDeath(const QString& words)
{
    enter(Phase::Down);
    ++m_deaths;
    Q_EMIT died(words);
}

void EngineLink::onReady()
{
    if (m_client->hello().version != HEADLENS_VERSION)
        tell(Level::Warning, tr("The engine is of another version (%1). Use the same version on both sides.")
                                 .arg(QString::fromStdString(m_client->hello().version)));
    const bool again = m_phase == Phase::Down;
    if (again) enter(Phase::Idle);
    Q_EMIT ready(again);
}

} // namespace headlens
