// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/client/engine_client.h"

#include "core/wire/message.h"

#include <QCoreApplication>
#include <QProcessEnvironment>
#include <QTimer>

#include <utility>

namespace headlens {
namespace {

constexpr int kMostQuickDeaths = 4; // in a row, each within kQuickMs of its start
constexpr qint64 kQuickMs = 5000;
constexpr int kCancelPatienceMs = 2000;
constexpr int kPatienceMs = 15'000; // for the first answer
constexpr qsizetype kErrorsKept = 16384;

} // namespace

EngineClient::EngineClient(QStringList command, QObject* parent)
    : QObject(parent), m_command(std::move(command)), m_reader(std::make_unique<FrameReader>())
{
    m_process.setReadChannel(QProcess::StandardOutput);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &EngineClient::onOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
        m_errors += m_process.readAllStandardError();
        m_errors = m_errors.right(kErrorsKept);
    });
    connect(&m_process, &QProcess::finished, this, &EngineClient::onEnd);
    // Queued: a program that is missing fails within start(), and who is to hear of it may not be there yet.
    connect(
        &m_process, &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError problem) {
            if (problem == QProcess::FailedToStart) onEnd();
        },
        Qt::QueuedConnection);
}

EngineClient::~EngineClient()
{
    m_stopping = true;
    m_process.closeWriteChannel(); // end of input is the engine's signal to leave
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(300)) {
        m_process.kill();
        m_process.waitForFinished(1000);
    }
}

QStringList EngineClient::defaultCommand()
{
    return {QCoreApplication::applicationDirPath() + QStringLiteral("/headlens-cli"), QStringLiteral("serve")};
}

QString EngineClient::lastWords() const
{
    const QByteArray all = m_errors.trimmed();
    return QString::fromUtf8(all.mid(all.lastIndexOf('\n') + 1));
}

void EngineClient::start()
{
    if (m_process.state() == QProcess::NotRunning) launch();
}

void EngineClient::restart()
{
    m_quickDeaths = 0;
    m_hopeless = false;
    m_errors.clear(); // what it said is no reason for this
    if (m_process.state() == QProcess::NotRunning) return start();
    m_process.kill(); // its end starts the next one
}

void EngineClient::launch()
{
    *m_reader = FrameReader();
    m_errors.clear();
    m_lastStart.start();
    // Idle OpenMP threads spin by default and take the core that should paint the answer: on two cores the 99th
    // percentile of a hover falls from 27 to 17 ms with short spins, and the forward pass loses nothing.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains(QStringLiteral("OMP_WAIT_POLICY")) &&
        !environment.contains(QStringLiteral("GOMP_SPINCOUNT")))
        environment.insert(QStringLiteral("GOMP_SPINCOUNT"), QStringLiteral("5000"));
    m_process.setProcessEnvironment(environment);
    m_process.start(m_command.value(0), m_command.mid(1));
    greet();
    // A remote engine may be waiting for a password or a node: say so instead of nothing.
    QTimer::singleShot(kPatienceMs, this, [this, process = m_process.processId()] {
        if (!m_ready && m_process.state() != QProcess::NotRunning && m_process.processId() == process)
            Q_EMIT silent(lastWords());
    });
}

void EngineClient::greet()
{
    Message hello;
    hello.id = m_nextId++;
    hello.verb = verbs::kHello.verb;
    m_pending.insert(hello.id, {this,
                                [this](const Message& answer) {
                                    if (answer.status != Status::Done) return;
                                    m_hello = verbs::read<verbs::Hello>(answer.body);
                                    m_ready = true;
                                    Q_EMIT ready(); // first: a model that must be reopened goes before what waited
                                    sendWaiting();
                                },
                                {}});
    m_process.write(QByteArray::fromStdString(encode(hello)));
}

void EngineClient::sendWaiting()
{
    for (const quint64 id : std::exchange(m_order, {}))
        if (auto waiting = m_pending.find(id); waiting != m_pending.end())
            m_process.write(std::exchange(waiting->unsent, {}));
}

quint64 EngineClient::request(const char* verb, const Json& body, QObject* context, Answer answer, const QString& tag,
                              std::vector<TensorBytes> tensors)
{
    Message message;
    message.id = m_nextId++;
    message.verb = verb;
    message.tag = tag.toStdString();
    message.body = body;
    message.tensors = std::move(tensors);
    const QByteArray frame = QByteArray::fromStdString(encode(message));
    m_pending.insert(message.id, {context, std::move(answer), m_ready ? QByteArray() : frame});
    if (m_ready)
        m_process.write(frame);
    else
        m_order.append(message.id);
    if (m_hopeless) QTimer::singleShot(0, this, &EngineClient::endAll); // nobody will ever answer
    return message.id;
}

void EngineClient::cancel(quint64 id)
{
    if (!m_pending.contains(id)) return;
    if (!m_ready) { // never sent: end it here
        Message ended;
        ended.id = id;
        ended.status = Status::Cancelled;
        return deliver(ended);
    }
    Message message;
    message.id = m_nextId++;
    message.verb = verbs::kCancel;
    message.body = verbs::Cancel{id};
    m_process.write(QByteArray::fromStdString(encode(message)));
    QTimer::singleShot(kCancelPatienceMs, this, [this, id] {
        if (!m_pending.contains(id)) return;
        m_errors += "\nIt did not let go of a run that was called off.";
        m_quickDeaths = 0; // our doing: not counted against the engine
        m_process.kill();  // stuck in one operator; a new engine is faster than waiting
    });
}

void EngineClient::onOutput()
{
    const QByteArray bytes = m_process.readAllStandardOutput();
    try {
        m_reader->feed(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))));
        while (auto message = m_reader->next()) deliver(*message);
    } catch (const Error& error) {
        m_errors += QByteArray("unreadable answer: ") + error.what();
        m_process.kill();
    }
}

void EngineClient::deliver(const Message& message)
{
    const auto hit = m_pending.find(message.id);
    if (hit == m_pending.end()) return;
    if (message.status != Status::Progress) m_errors.clear(); // what was said before an answer was not fatal
    const Pending pending = message.status == Status::Progress ? *hit : m_pending.take(message.id);
    if (pending.context && pending.answer) pending.answer(message);
}

void EngineClient::endAll()
{
    m_order.clear(); // before the answers: they may ask again
    const auto pending = std::exchange(m_pending, {});
    for (auto item = pending.begin(); item != pending.end(); ++item) {
        Message ended;
        ended.id = item.key();
        ended.status = Status::Cancelled;
        if (item->context && item->answer) item->answer(ended);
    }
}

void EngineClient::onEnd()
{
    if (m_stopping) return;
    m_ready = false;
    m_quickDeaths = m_lastStart.elapsed() < kQuickMs ? m_quickDeaths + 1 : 1;
    const QString words = m_process.error() == QProcess::FailedToStart ? m_process.errorString() : lastWords();
    const bool hopeless = m_quickDeaths > kMostQuickDeaths || m_process.error() == QProcess::FailedToStart;
    endAll();
    m_hopeless = hopeless;
    if (hopeless) {
        Q_EMIT gaveUp(words);
        return;
    }
    Q_EMIT died(words);
    QTimer::singleShot(m_quickDeaths > 1 ? 300 * m_quickDeaths : 0, this, &EngineClient::start);
}

} // namespace headlens
