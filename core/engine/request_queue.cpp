// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/request_queue.h"

#include <algorithm>
#include <utility>

namespace headlens {

std::vector<Message> RequestQueue::push(Message request)
{
    std::vector<Message> replaced;
    {
        const std::lock_guard lock(m_lock);
        if (!request.tag.empty()) {
            const auto old = std::stable_partition(m_waiting.begin(), m_waiting.end(),
                                                   [&](const Message& waiting) { return waiting.tag != request.tag; });
            std::move(old, m_waiting.end(), std::back_inserter(replaced));
            m_waiting.erase(old, m_waiting.end());
        }
        m_waiting.push_back(std::move(request));
    }
    m_changed.notify_one();
    return replaced;
}

std::optional<Message> RequestQueue::take()
{
    std::unique_lock lock(m_lock);
    m_running = 0;
    m_changed.wait(lock, [this] { return m_closed || !m_waiting.empty(); });
    if (m_waiting.empty()) return std::nullopt;
    Message next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_running = next.id;
    m_cancelled = false;
    return next;
}

std::optional<Message> RequestQueue::takeQuick(Pace (*paceOf)(const Message&))
{
    const std::lock_guard lock(m_lock);
    const auto next =
        std::ranges::find_if(m_waiting, [&](const Message& waiting) { return paceOf(waiting) != Pace::Overtaken; });
    if (next == m_waiting.end() || paceOf(*next) != Pace::Quick) return std::nullopt;
    Message quick = std::move(*next);
    m_waiting.erase(next);
    return quick;
}

std::optional<Message> RequestQueue::cancel(std::uint64_t id)
{
    const std::lock_guard lock(m_lock);
    const auto hit = std::ranges::find(m_waiting, id, &Message::id);
    if (hit == m_waiting.end()) {
        if (id == m_running) m_cancelled = true;
        return std::nullopt;
    }
    Message removed = std::move(*hit);
    m_waiting.erase(hit);
    return removed;
}

bool RequestQueue::runningIsCancelled() const
{
    const std::lock_guard lock(m_lock);
    return m_cancelled || m_closed;
}

void RequestQueue::close()
{
    {
        const std::lock_guard lock(m_lock);
        m_closed = true;
        m_waiting.clear();
    }
    m_changed.notify_all();
}

} // namespace headlens
