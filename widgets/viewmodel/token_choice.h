// SPDX-License-Identifier: GPL-3.0-or-later
// Which token is looked at: the one that asks (or is asked, in reverse), whether it is pinned, and what the mouse reads
// of it while it is. Lives in the window's thread.
#pragma once

#include "core/base/token_place.h"

#include <QList>
#include <QObject>

namespace headlens {

class TokenChoice : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const TokenPlace& query() const { return m_query; } // or the key, in reverse
    const TokenPlace& other() const { return m_other; } // under the mouse while one is pinned; its token -1: none
    bool isPinned() const { return m_pinned; }
    bool reverse() const { return m_reverse; } // who attends to the token, instead of what it attends to

    int count() const { return countIn(m_query.stream); } // of the tokens of the current stream
    int countIn(int stream) const { return stream >= 0 && stream < m_counts.size() ? m_counts[stream] : 0; }
    // The tokens of every stream. What is beyond them is pulled in, everything else is kept. Says nothing: whoever
    // calls emits both signals when the heads fit as well (Selection::setExtent).
    void fit(const QList<int>& counts);

    // The query unless one is pinned, then the other token.
    void hover(TokenPlace place);
    void leave();               // the mouse points at nothing: the last query stays, the other token goes
    void setToken(int token);   // moves the query within its stream, pinned or not
    void pin(TokenPlace place); // the same token again lets go
    void pinLookedAt();         // by keyboard: the token that is pointed at, or the query
    void unpin();
    void setReverse(bool reverse);

Q_SIGNALS:
    void changed();      // query or direction: new rows are needed
    void otherChanged(); // the token under the mouse, or the pin

private:
    QList<int> m_counts{1}; // of every stream
    TokenPlace m_query, m_other{0, -1};
    bool m_pinned = false, m_reverse = false;
};

} // namespace headlens
