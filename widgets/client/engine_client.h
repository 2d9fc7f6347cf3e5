// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the engine process and speaks frames with it. Restarts it when it dies; lives in the window's thread.
#pragma once

#include "core/wire/json_fwd.h"
#include "core/wire/safetensors.h"
#include "core/wire/verbs.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace headlens {

class FrameReader;
struct Message;

class EngineClient : public QObject {
    Q_OBJECT
public:
    // Called with every Progress and with the one ending of a request. When the engine dies, the ending is Cancelled.
    using Answer = std::function<void(const Message&)>;

    // `command`: program and arguments, for example {"ssh", "gpubox", "headlens-cli", "serve"}.
    explicit EngineClient(QStringList command, QObject* parent = nullptr);
    ~EngineClient() override;

    void start();
    // Ends the engine, whatever it is doing, and starts another; forgets the failures so far.
    void restart();
    bool isReady() const { return m_ready; }
    const QStringList& command() const { return m_command; }
    qint64 processId() const { return m_process.processId(); }
    const verbs::Hello& hello() const { return m_hello; }
    QString lastWords() const; // the end of the engine's stderr, for the log

    // Sends a request; a waiting one with the same tag is replaced. `answer` is dropped when `context` dies first.
    // Before the engine is ready requests wait. Answers the id for cancel().
    quint64 request(const char* verb, const Json& body, QObject* context, Answer answer, const QString& tag = {},
                    std::vector<TensorBytes> tensors = {});
    // Asks the engine to stop; kills it when it has not ended the request after two seconds.
    void cancel(quint64 id);

    static QStringList defaultCommand(); // headlens-cli beside this program

Q_SIGNALS:
    void ready();                          // the engine said hello; model and input must be opened (again)
    void silent(const QString& lastWords); // it runs, but has not answered for a while
    void died(const QString& lastWords);   // it is being restarted
    void gaveUp(const QString& lastWords); // it died too often, or cannot be started at all

private:
    struct Pending {
        QPointer<QObject> context;
        Answer answer;
        QByteArray unsent; // frame of a request made before the engine was ready
    };
    void launch();
    void onOutput();
    void onEnd();
    void deliver(const Message& message);
    void greet();
    void sendWaiting();
    void endAll();

    QStringList m_command;
    QProcess m_process;
    std::unique_ptr<FrameReader> m_reader;
    QHash<quint64, Pending> m_pending;
    QList<quint64> m_order; // of requests that wait for the engine
    quint64 m_nextId = 1;
    verbs::Hello m_hello;
    QByteArray m_errors;
    QElapsedTimer m_lastStart;
    int m_quickDeaths = 0;
    bool m_ready = false, m_stopping = false, m_hopeless = false;
};

} // namespace headlens
