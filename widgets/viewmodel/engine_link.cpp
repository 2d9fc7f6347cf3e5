// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/asking.h"

#include <QLocale>

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
    ++m_outstanding;
    const QString tag = how.tag;
    std::vector<TensorBytes> tensors = std::exchange(how.tensors, {});
    return m_client->request(
        verb, body, this,
        [this, how = std::move(how), done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Progress) return onProgress(answer, how);
            --m_outstanding;
            if (answer.status == Status::Failed && !how.quiet) Q_EMIT failed(verbs::read<verbs::Failure>(answer.body));
            done(answer);
            if (isSettled()) Q_EMIT settled();
        },
        tag, std::move(tensors));
}

void EngineLink::onProgress(const Message& message, const Sending& how)
{
    const auto step = verbs::read<verbs::Progress>(message.body);
    Q_EMIT progress(step.done, step.total);
    if (how.grown) how.grown(step);
    const QLocale locale;
    if (step.neededBytes > 0) // said before a model is loaded
        setBusy(tr("Opening %1: needs %2 of %3")
                    .arg(m_opening, locale.formattedDataSize(step.neededBytes),
                         locale.formattedDataSize(step.availableBytes)));
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

void EngineLink::forgetWish()
{
    m_wantedModel.clear();
}

void EngineLink::forgiveDeaths()
{
    m_deaths = 0;
}

bool EngineLink::isHopeless() const
{
    return m_deaths >= kMostDeaths;
}

void EngineLink::onDeath(const QString& words)
{
    enter(Phase::Down);
    if (++m_deaths >= kMostDeaths) m_wantedModel.clear();
    Q_EMIT died(words);
}

void EngineLink::onReady()
{
    if (m_client->hello().version != HEADLENS_VERSION)
        tell(Level::Warning, tr("The engine is of another version (%1). Use the same version on both sides.")
                                 .arg(QString::fromStdString(m_client->hello().version)));
    headlens::ask(this, verbs::kListModels, {}, this,
                  [this](const verbs::ModelList& list) { m_embedded = list.models; },
                  {.tag = QString(), .quiet = true});
    if (m_phase != Phase::Down) return;
    enter(Phase::Idle);
    // The new engine knows nothing: open what was open (or being opened), keep every selection.
    const bool replay = m_wantedModel.isEmpty();
    if (replay && !hasModel()) return;
    sendOpenModel(replay ? QString::fromStdString(m_model.path) : m_wantedModel, replay);
}

void EngineLink::openModel(const QString& pathOrName, const std::map<std::string, std::string>& settings)
{
    m_settings = settings;
    cancelJob();
    m_wantedModel = pathOrName;
    forgiveDeaths();
    if (m_phase != Phase::Down) sendOpenModel(pathOrName, false); // otherwise onReady() does
}

void EngineLink::sendOpenModel(const QString& path, bool replay)
{
    m_opening = path;
    const verbs::OpenModel request{path.toStdString(), m_device.toStdString(), m_settings, m_precision.toStdString()};
    const auto take = [this, path, replay](const Message& answer) {
        // Cancelled by the death of the engine or by a newer wish: what is wanted stays wanted.
        if (answer.status != Status::Cancelled && m_wantedModel == path) m_wantedModel.clear();
        takeModel(answer, replay);
    };
    start(Phase::Opening, tr("Opening %1").arg(path), verbs::kOpenModel.verb, request, take,
          {.tag = QStringLiteral("open")});
}

void EngineLink::takeModel(const Message& answer, bool replay)
{
    if (answer.status == Status::Failed && retryElsewhere(answer, replay)) return;
    if (answer.status == Status::Done) {
        m_model = verbs::read<verbs::ModelInfo>(answer.body);
        if (m_model.notice == "cpu")
            tell(Level::Warning, tr("The GPU has too little memory for this model. It runs on the CPU."));
        Q_EMIT opened(replay);
    }
    Q_EMIT openEnded(replay);
}

// A device that was chosen on another day or machine may be gone: the model is opened all the same, and it is said.
bool EngineLink::retryElsewhere(const Message& answer, bool replay)
{
    const auto failure = verbs::read<verbs::Failure>(answer.body);
    if (errorCodeFrom(failure.code) != ErrorCode::DeviceMissing) return false;
    if (m_precision != QLatin1String("float32") && failure.subject == m_precision.toStdString()) {
        m_precision = QStringLiteral("float32");
        Q_EMIT precisionFellBack();
    } else if (m_device != QLatin1String("auto")) {
        m_device = QStringLiteral("auto");
        Q_EMIT deviceFellBack();
    } else {
        return false;
    }
    sendOpenModel(m_opening, replay);
    return true;
}

void EngineLink::setDevice(const QString& device)
{
    if (std::exchange(m_device, device) == device) return;
    if (hasModel() && m_phase != Phase::Down) sendOpenModel(QString::fromStdString(m_model.path), true);
}

void EngineLink::setPrecision(const QString& precision)
{
    if (std::exchange(m_precision, precision) == precision) return;
    if (hasModel() && m_phase != Phase::Down) sendOpenModel(QString::fromStdString(m_model.path), true);
}

} // namespace headlens
