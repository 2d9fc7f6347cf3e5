// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_join.h"

#include <queue>

namespace headlens::text {
namespace {

struct Candidate {
    int rank, at, id; // joining the symbol `at` to the next one makes `id`
    bool operator<(const Candidate& other) const
    {
        return rank != other.rank ? rank > other.rank : at > other.at; // the top of the queue is the lowest
    }
};

class Joining {
public:
    Joining(std::vector<Symbol>& symbols, const PairTable& merges, int except)
        : m_symbols(symbols), m_merges(merges), m_except(except)
    {
    }

    void run()
    {
        std::vector<Candidate> first;
        for (std::size_t at = 0; at + 1 < m_symbols.size(); ++at)
            if (const auto* merge = mergeAt(int(at))) first.push_back({merge->rank, int(at), merge->id});
        std::priority_queue<Candidate> queue({}, std::move(first));
        while (!queue.empty()) {
            const Candidate top = queue.top();
            queue.pop();
            const auto* merge = mergeAt(top.at);
            if (!merge || merge->id != top.id) continue; // a neighbour has gone into another pair since
            joinWithNext(top);
            for (const int at : {m_symbols[std::size_t(top.at)].previous, top.at})
                if (const auto* next = mergeAt(at)) queue.push({next->rank, at, next->id});
        }
    }

private:
    // The merge of the symbol `at` with its right neighbour; nullptr when there is none.
    const MergeOf* mergeAt(int at) const
    {
        if (at < 0) return nullptr;
        const Symbol& left = m_symbols[std::size_t(at)];
        if (left.bytes == 0 || left.next < 0 || left.id < 0) return nullptr;
        const int right = m_symbols[std::size_t(left.next)].id;
        const MergeOf* found = right < 0 ? nullptr : m_merges.find(left.id, right);
        return found && found->id == m_except ? nullptr : found;
    }
    void joinWithNext(const Candidate& candidate)
    {
        Symbol& left = m_symbols[std::size_t(candidate.at)];
        Symbol& right = m_symbols[std::size_t(left.next)];
        left.id = candidate.id;
        left.bytes += right.bytes;
        left.next = right.next;
        right.bytes = 0;
        if (left.next >= 0) m_symbols[std::size_t(left.next)].previous = candidate.at;
    }

    std::vector<Symbol>& m_symbols;
    const PairTable& m_merges;
    int m_except;
};

} // namespace

void addSymbol(std::vector<Symbol>& symbols, int id, std::uint32_t bytes)
{
    const int at = int(symbols.size());
    if (at > 0) symbols.back().next = at;
    symbols.push_back({id, at - 1, -1, bytes});
}

void joinSymbols(std::vector<Symbol>& symbols, const PairTable& merges, int except)
{
    Joining(symbols, merges, except).run();
}

} // namespace headlens::text
