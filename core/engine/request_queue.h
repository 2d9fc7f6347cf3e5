// SPDX-License-Identifier: GPL-3.0-or-later
// Requests between the thread that reads and the thread that works. Latest wins, per tag.
#pragma once

#include "core/wire/message.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace headlens {

// How a request gets on with one that is being worked on.
enum class Pace : std::uint8_t {
    Waits,     // it changes what others are about: it takes its turn, and nothing passes it
    Overtaken, // it takes its turn; quick ones pass it
    Quick,     // it may be answered in the middle of another one, of what is there then
};

class RequestQueue {
public:
    // Adds a request and answers those it replaced: waiting ones with the same tag (an empty tag replaces nothing).
    std::vector<Message> push(Message request);

    // Waits for the next request; nothing after close() once the queue is empty. The taken request counts as running
    // until the next call.
    std::optional<Message> take();

    // The first waiting request that is quick, before its turn; nothing where one that waits stands before it. What
    // runs stays running.
    std::optional<Message> takeQuick(Pace (*paceOf)(const Message&));

    // Removes a waiting request and answers it, or marks the running one as cancelled.
    std::optional<Message> cancel(std::uint64_t id);

    bool runningIsCancelled() const;
    void close();

private:
    mutable std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<Message> m_waiting;
    std::uint64_t m_running = 0;
    bool m_cancelled = false, m_closed = false;
};

} // namespace headlens
