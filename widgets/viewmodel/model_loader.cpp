// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/model_loader.h"

#include "widgets/viewmodel/asking.h"

#include <QLocale>

#include <utility>

namespace headlens {

namespace {

constexpr const char *kAdapter = "adapter", *kStrength = "adapter_strength"; // settings

std::string strengthText(double strength)
{
    return QString::number(strength, 'g', 4).toStdString();
}

} // namespace

using Phase = EngineLink::Phase;
using Level = EngineLink::Level;

ModelLoader::ModelLoader(EngineLink* link, QObject* parent) : QObject(parent), m_link(link)
{
    connect(m_link, &EngineLink::ready, this, &ModelLoader::onReady);
    connect(m_link, &EngineLink::died, this, [this] {
        if (m_link->isHopeless()) forgetWish();
    });
}

bool ModelLoader::takesInput() const
{
    return m_link->phase() != Phase::Down && m_link->phase() != Phase::Opening && hasModel();
}

bool ModelLoader::canAsk() const
{
    return m_link->phase() != Phase::Down && m_link->client().isReady() && hasModel();
}

void ModelLoader::onReady(bool again)
{
    ask(m_link, verbs::kListModels, {}, this, [this](const verbs::ModelList& list) { m_embedded = list.models; },
        {.tag = QString(), .quiet = true});
    if (!again) return; // what was wanted meanwhile waits in the client
    // The new engine knows nothing: open what was open (or being opened), keep every selection.
    if (!m_wanted.isEmpty())
        send(m_wanted, false);
    else if (hasModel())
        send(QString::fromStdString(m_model.path), true);
}

void ModelLoader::open(const QString& pathOrName, const std::map<std::string, std::string>& settings)
{
    m_settings = settings;
    m_link->cancelJob();
    m_wanted = pathOrName;
    m_link->forgiveDeaths();
    if (m_link->phase() != Phase::Down) send(pathOrName, false); // otherwise onReady() does
}

void ModelLoader::send(const QString& path, bool replay)
{
    m_opening = path;
    const verbs::OpenModel request{path.toStdString(), m_device.toStdString(), m_settings, m_precision.toStdString()};
    const auto take = [this, path, replay](const Message& answer) {
        // Cancelled by the death of the engine or by a newer wish: what is wanted stays wanted.
        if (answer.status != Status::Cancelled && m_wanted == path) m_wanted.clear();
        takeModel(answer, replay);
    };
    const auto hear = [this](const verbs::Progress& step) { tellNeeds(step); };
    m_link->start(Phase::Opening, tr("Opening %1").arg(path), verbs::kOpenModel.verb, request, take,
                  {.tag = QStringLiteral("open"), .grown = hear});
}

// Said by the engine before it loads one.
void ModelLoader::tellNeeds(const verbs::Progress& step)
{
    if (step.neededBytes <= 0) return;
    const QLocale locale;
    m_link->setBusy(
        tr("Opening %1: needs %2 of %3")
            .arg(m_opening, locale.formattedDataSize(step.neededBytes), locale.formattedDataSize(step.availableBytes)));
}

void ModelLoader::takeModel(const Message& answer, bool replay)
{
    if (answer.status == Status::Failed && retryElsewhere(answer, replay)) return;
    if (answer.status != Status::Done && m_wanted.isEmpty()) m_settings = m_openSettings; // nothing is lost
    if (answer.status == Status::Done) {
        const std::string before = m_model.path;
        m_model = verbs::read<verbs::ModelInfo>(answer.body);
        settleSettings(before);
        if (m_model.notice == "cpu")
            m_link->tell(Level::Warning, tr("The GPU has too little memory for this model. It runs on the CPU."));
        Q_EMIT opened(replay);
    }
    Q_EMIT openEnded(replay);
}

// An adapter that was opened by its own path is a setting of its base from now on; where that was open already, one
// more beside its others.
void ModelLoader::settleSettings(const std::string& before)
{
    const verbs::AdapterInfo& adapter = m_model.adapter;
    if (!adapter.folder.empty()) {
        if (!m_settings.contains(kAdapter) && m_model.path == before)
            m_settings.insert(m_openSettings.begin(), m_openSettings.end());
        m_settings[kAdapter] = adapter.folder;
        m_settings[kStrength] = strengthText(adapter.strength);
    }
    m_openSettings = m_settings;
}

// A device that was chosen on another day or machine may be gone: the model is opened all the same, and it is said.
bool ModelLoader::retryElsewhere(const Message& answer, bool replay)
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
    send(m_opening, replay);
    return true;
}

void ModelLoader::openAgain()
{
    if (hasModel() && m_link->phase() != Phase::Down) send(QString::fromStdString(m_model.path), true);
}

void ModelLoader::forgetWish()
{
    m_wanted.clear();
    m_settings = m_openSettings;
}

void ModelLoader::setAdapterStrength(double strength)
{
    if (m_model.adapter.folder.empty() || m_settings[kStrength] == strengthText(strength)) return;
    m_settings[kStrength] = strengthText(strength);
    m_link->cancelJob(); // of a slider on its way only the last place counts
    openAgain();
}

void ModelLoader::setDevice(const QString& device)
{
    if (std::exchange(m_device, device) != device) openAgain();
}

void ModelLoader::setPrecision(const QString& precision)
{
    if (std::exchange(m_precision, precision) != precision) openAgain();
}

} // namespace headlens
