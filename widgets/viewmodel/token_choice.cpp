// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/token_choice.h"

#include <algorithm>

namespace headlens {

void TokenChoice::fit(const QList<int>& counts)
{
    m_counts = counts.isEmpty() ? QList<int>{1} : counts;
    for (int& count : m_counts) count = std::max(1, count);
    if (m_query.stream >= m_counts.size()) {
        m_query = {};
        m_pinned = false;
    }
    if (m_query.token >= count()) {
        m_query.token = m_counts.size() == 1 ? 0 : count() - 1;
        m_pinned = false;
    }
    if (m_other.token >= countIn(m_other.stream)) m_other.token = -1;
    if (m_other.stream >= m_counts.size()) m_other.stream = 0;
}

void TokenChoice::hover(TokenPlace place)
{
    if (place.token >= countIn(place.stream)) return;
    if (m_pinned) {
        if (place == m_other) return;
        m_other = place;
        Q_EMIT otherChanged();
        return;
    }
    if (place.token < 0 || place == m_query) return; // leaving keeps the last query
    m_query = place;
    Q_EMIT changed();
}

void TokenChoice::leave()
{
    hover({m_other.stream, -1});
}

void TokenChoice::setToken(int token)
{
    token = std::clamp(token, 0, std::max(0, count() - 1));
    if (token == m_query.token) return;
    m_query.token = token;
    Q_EMIT changed();
}

void TokenChoice::pin(TokenPlace place)
{
    if (place.token < 0 || place.token >= countIn(place.stream)) return;
    if (m_pinned && place == m_query) return unpin();
    m_pinned = true;
    m_other = {place.stream, -1};
    const bool moved = place != m_query;
    m_query = place;
    if (moved) Q_EMIT changed();
    Q_EMIT otherChanged();
}

void TokenChoice::pinLookedAt()
{
    pin(m_pinned && m_other.token >= 0 ? m_other : m_query);
}

void TokenChoice::unpin()
{
    if (!m_pinned) return;
    m_pinned = false;
    m_other.token = -1;
    Q_EMIT otherChanged();
}

void TokenChoice::setReverse(bool reverse)
{
    if (reverse == m_reverse) return;
    m_reverse = reverse;
    Q_EMIT changed();
}

} // namespace headlens
