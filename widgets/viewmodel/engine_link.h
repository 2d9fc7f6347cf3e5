// SPDX-License-Identifier: GPL-3.0-or-later
// The window's line to the engine: which model is open there, what it is busy with, and what to do when it dies. Opens
// the model again for a new engine, on another device or precision where the wanted one is gone. Never blocks; lives in
// the window's thread.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/client/engine_client.h"

#include <QObject>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace headlens {

// How a question goes to the engine.
struct Sending {
    QString tag = {};   // a waiting request with the same tag is replaced; empty: none ever is
    bool quiet = false; // a failure is not told in the window
    std::vector<TensorBytes> tensors = {};
    std::function<void(const verbs::Progress&)> grown = {}; // hears every progress
};

class EngineLink : public QObject {
    Q_OBJECT
public:
    // Down: the engine died and knows nothing yet. Opening, Running and Exporting: a job changes what it holds.
    enum class Phase { Idle, Opening, Running, Exporting, Down };
    enum class Level { Info, Warning, Problem };
    Q_ENUM(Level)
    using Answer = EngineClient::Answer;

    explicit EngineLink(EngineClient* client, QObject* parent = nullptr);

    // `settings`: what the file cannot say, as --set of the command line; kept for as long as this model is open.
    void openModel(const QString& pathOrName, const std::map<std::string, std::string>& settings = {});
    void setDevice(const QString& device);       // auto, cpu, cuda; opens the model again
    void setPrecision(const QString& precision); // as in verbs::Hello::precisions; opens the model again
    // A question beside the job; `done` hears its ending.
    quint64 ask(const char* verb, const Json& body, Answer done, Sending how = {});
    // The one job that changes what the engine holds. `words` say what it is busy with; empty: nothing is said.
    void start(Phase phase, const QString& words, const char* verb, const Json& body, Answer done, Sending how = {});
    void cancelJob();     // it ends as Cancelled
    void forgetWish();    // a model that is being opened is not tried again
    void forgiveDeaths(); // a new wish of the person: it may be tried again
    void tell(Level level, const QString& text) { Q_EMIT notice(level, text); }
    void movedToCpu() { m_model.device = "cpu"; } // the engine said so of the model that is open

    Phase phase() const { return m_phase; }
    bool takesInput() const { return m_phase != Phase::Down && m_phase != Phase::Opening && hasModel(); }
    bool isIdle() const { return m_phase == Phase::Idle && m_client->isReady(); }
    bool canAskModel() const { return m_phase != Phase::Down && m_client->isReady() && hasModel(); }
    // Nothing is asked for that has not been answered: the window shows what is selected.
    bool isSettled() const { return m_outstanding == 0 && m_phase != Phase::Down; }
    bool isHopeless() const; // what was wanted last has killed the engine too often
    bool hasModel() const { return !m_model.path.empty(); }
    const verbs::ModelInfo& model() const { return m_model; }
    const std::map<std::string, std::string>& settings() const { return m_settings; }
    const std::vector<verbs::EmbeddedModel>& embeddedModels() const { return m_embedded; } // as the engine lists them
    const EngineClient& client() const { return *m_client; }

Q_SIGNALS:
    void phaseChanged(headlens::EngineLink::Phase phase);
    void died(const QString& lastWords);
    void opened(bool replay);    // a model is there; replay: the same again, for a new engine or on another device
    void openEnded(bool replay); // well or not
    void busyChanged(bool busy, const QString& what);
    void progress(int done, int total);
    void failed(const headlens::verbs::Failure& failure); // nothing changed; the window says why
    void notice(headlens::EngineLink::Level level, const QString& text);
    void settled();
    void precisionFellBack(); // the chosen precision is not there; float32 from now on
    void deviceFellBack();    // the chosen device is gone; the engine decides from now on

private:
    void onReady();
    void onDeath(const QString& words);
    void sendOpenModel(const QString& path, bool replay);
    void takeModel(const Message& answer, bool replay);
    bool retryElsewhere(const Message& answer, bool replay);
    void onProgress(const Message& message, const Sending& how);
    void endJob(const Message& answer);
    void enter(Phase phase);
    void setBusy(const QString& what) { Q_EMIT busyChanged(!what.isEmpty(), what); }

    EngineClient* m_client;
    Phase m_phase = Phase::Idle;
    quint64 m_job = 0; // id of the job under way
    int m_outstanding = 0;
    int m_deaths = 0; // since the last wish
    std::vector<verbs::EmbeddedModel> m_embedded;
    verbs::ModelInfo m_model;
    std::map<std::string, std::string> m_settings; // of the model that is open or being opened
    QString m_wantedModel;                         // being opened; tried again when the engine dies meanwhile
    QString m_opening;
    QString m_device = QStringLiteral("auto"), m_precision = QStringLiteral("float32");
};

} // namespace headlens
