// SPDX-License-Identifier: GPL-3.0-or-later
// The window's line to the engine: the questions under way, the one job that changes what it holds, and its death. What
// is said to the person of all that. Never blocks; lives in the window's thread.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/client/engine_client.h"

#include <QObject>

#include <functional>
#include <vector>

namespace headlens {

// How a question goes to the engine.
struct Sending {
    QString tag = {};   // a waiting request with the same tag is replaced; empty: none ever is
    bool quiet = false; // a failure is not told in the window
    std::vector<TensorBytes> tensors = {};
    std::function<void(const verbs::Progress&)> grown = {}; // hears every progress
    // Beside what the window shows: it does not count as under way, and ends as Cancelled as soon as anything else is
    // asked. One at a time: the next one waits for settled().
    bool background = false;
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

    // A question beside the job; `done` hears its ending.
    quint64 ask(const char* verb, const Json& body, Answer done, Sending how = {});
    // The one job that changes what the engine holds. `words` say what it is busy with; empty: nothing is said.
    void start(Phase phase, const QString& words, const char* verb, const Json& body, Answer done, Sending how = {});
    // The same job in other words; empty: it is busy no more.
    void setBusy(const QString& what) { Q_EMIT busyChanged(!what.isEmpty(), what); }
    void cancelJob();                                             // it ends as Cancelled
    void cancel(quint64 question) { m_client->cancel(question); } // of ask(); ends as Cancelled where it still can
    void forgiveDeaths() { m_deaths = 0; }                        // a new wish of the person: it may be tried again
    void tell(Level level, const QString& text) { Q_EMIT notice(level, text); }

    Phase phase() const { return m_phase; }
    bool isIdle() const { return m_phase == Phase::Idle && m_client->isReady(); }
    // Nothing is asked for that has not been answered: the window shows what is selected.
    bool isSettled() const { return m_outstanding == 0 && m_phase != Phase::Down; }
    bool isHopeless() const; // what was wanted last has killed the engine too often
    const EngineClient& client() const { return *m_client; }

Q_SIGNALS:
    void phaseChanged(headlens::EngineLink::Phase phase);
    void ready(bool again); // the engine is there; again: another one, which knows nothing of what the last one held
    void died(const QString& lastWords);
    void busyChanged(bool busy, const QString& what);
    void progress(int done, int total);
    void failed(const headlens::verbs::Failure& failure); // nothing changed; the window says why
    void notice(headlens::EngineLink::Level level, const QString& text);
    void settled();

private:
    void onReady();
    void onDeath(const QString& words);
    void onProgress(const Message& message, const Sending& how);
    void endJob(const Message& answer);
    void stopBackground();
    void enter(Phase phase);

    EngineClient* m_client;
    Phase m_phase = Phase::Idle;
    quint64 m_job = 0;        // id of the job under way
    quint64 m_background = 0; // id of the question in the background; 0: there is none
    int m_outstanding = 0;
    int m_deaths = 0; // since the last wish
};

} // namespace headlens
