// SPDX-License-Identifier: GPL-3.0-or-later
// One thread reads, one works; cancel overtakes what waits, and what the mouse asks is answered between the units of
// long work.
#include "core/engine/server.h"

#include "core/engine/handlers.h"
#include "core/engine/request_queue.h"
#include "core/tensors/bridge.h"
#include "core/wire/failure.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace headlens {
namespace {

class Server {
public:
    // Frames leave through a private copy of stdout; anything a library prints there goes to stderr instead.
    Server() : m_out(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3))
    {
        ::dup2(STDERR_FILENO, STDOUT_FILENO);
#ifdef F_SETPIPE_SZ
        // The rows of a large model are a megabyte for every move of the mouse: through the usual 64 KB the two
        // programs would wait for each other a dozen times. Harmless where stdout is no pipe.
        constexpr int kPipeBytes = 1 << 20;
        ::fcntl(m_out, F_SETPIPE_SZ, kPipeBytes);
#endif
    }
    ~Server()
    {
        ::close(m_out);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void run()
    {
        std::thread worker([this] { work(); });
        try {
            readFrames();
        } catch (const Error& error) { // the stream is lost: say so, let the window restart us
            std::fprintf(stderr, "headlens-cli serve: %s\n", error.what());
        }
        m_queue.close();
        worker.join();
    }

private:
    void send(const Message& message);
    void end(const Message& request, Status status, Message answer = {});
    void readFrames();
    void accept(Message request);
    void work();
    void serve(const Message& request, const JobControl& control);
    void serveBetween(const Message& running);
    JobControl controlFor(const Message& request);

    int m_out;
    std::mutex m_sending;
    RequestQueue m_queue;
    Session m_session; // worker thread only
};

void Server::send(const Message& message)
{
    const std::string blob = encode(message);
    const std::lock_guard lock(m_sending);
    for (std::size_t done = 0; done < blob.size();) {
        const ssize_t written = ::write(m_out, blob.data() + done, blob.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return; // the window is gone; reading will end as well
        done += std::size_t(written);
    }
}

void Server::end(const Message& request, Status status, Message answer)
{
    answer.id = request.id;
    answer.verb = request.verb;
    answer.tag = request.tag;
    answer.status = status;
    send(answer);
}

void Server::readFrames()
{
    FrameReader reader;
    std::array<std::byte, 65536> buffer{};
    while (true) {
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        reader.feed(std::span(buffer).first(std::size_t(got)));
        while (auto request = reader.next()) accept(std::move(*request));
    }
}

void Server::accept(Message request)
{
    if (request.verb == verbs::kCancel) {
        const auto id = verbs::read<verbs::Cancel>(request.body).id;
        if (const auto removed = m_queue.cancel(id)) end(*removed, Status::Cancelled);
        return;
    }
    for (const Message& replaced : m_queue.push(std::move(request))) end(replaced, Status::Cancelled);
}

void Server::work()
{
    while (const auto request = m_queue.take()) serve(*request, controlFor(*request));
}

// One at a time: a mouse that never rests must not keep the work from going on.
void Server::serveBetween(const Message& running)
{
    if (paceOf(running) == Pace::Waits) return; // what it changes may be half done
    if (const auto quick = m_queue.takeQuick(paceOf)) serve(*quick, {});
}

JobControl Server::controlFor(const Message& request)
{
    JobControl control;
    // Asked between blocks, rows and passes, on the thread that works: here it can turn to something else.
    control.cancelled = [this, &request] {
        serveBetween(request);
        return m_queue.runningIsCancelled();
    };
    // At most ten messages a second: the window paints no more, and small models have fast blocks.
    control.progress = [this, &request, last = std::chrono::steady_clock::now()](const JobStep& step) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < std::chrono::milliseconds(100)) return;
        last = now;
        Message progress;
        progress.body =
            verbs::Progress{step.done, step.total, step.stage, step.text, step.neededBytes, step.availableBytes};
        end(request, Status::Progress, std::move(progress));
    };
    return control;
}

void Server::serve(const Message& request, const JobControl& control)
{
    try {
        Message answer;
        guarded([&] { answer = handle(m_session, request, control); });
        end(request, Status::Done, std::move(answer));
    } catch (const Error& error) {
        Message answer;
        answer.body = failureOf(error);
        end(request, error.code() == ErrorCode::Cancelled ? Status::Cancelled : Status::Failed, std::move(answer));
    }
}

} // namespace

void serve()
{
    Server().run();
}

} // namespace headlens
