// SPDX-License-Identifier: GPL-3.0-or-later
// Byte pair encoding: the characters of a word are joined pair by pair, the pair of the lowest rank first.
#include "core/text/models.h"

#include "core/base/error.h"
#include "core/text/pair_table.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <array>
#include <queue>

namespace headlens::text {
namespace {

struct Symbol {
    int id;
    int previous, next;  // neighbours in the word, -1 at its ends
    std::uint32_t bytes; // 0: joined into its left neighbour
};

struct Candidate {
    int rank, at, id; // joining the symbol `at` to the next one makes `id`
    bool operator<(const Candidate& other) const
    {
        return rank != other.rank ? rank > other.rank : at > other.at; // the top of the queue is the lowest
    }
};

class Bpe : public Model {
public:
    Bpe(Vocabulary vocabulary, const Merges& merges, const BpeRules& rules, const std::string& subject)
        : Model(std::move(vocabulary)), m_rules(rules), m_subject(subject), m_merges(merges.size())
    {
        if (rules.unknown) m_unknown = m_vocabulary.idOf(*rules.unknown).value_or(-1);
        for (std::size_t rank = 0; rank < merges.size(); ++rank) addMerge(merges[rank], int(rank));
        for (unsigned byte = 0; byte < m_bytes.size(); ++byte)
            m_bytes[byte] = m_vocabulary.idOf(fmt::format("<0x{:02X}>", byte)).value_or(-1);
    }
    const char* name() const override { return "BPE"; }
    int unknown() const override { return m_unknown; }

    void pieces(std::string_view word, std::vector<Piece>& target, Scratch& scratch) const override
    {
        if (m_rules.ignoreMerges)
            if (const auto id = m_vocabulary.idOf(word)) {
                target.push_back({*id, 0, std::uint32_t(word.size())});
                return;
            }
        if (word.size() > Scratch::longestWord) {
            merge(word, target);
            return;
        }
        const std::string key(word);
        auto known = scratch.words.find(key);
        if (known == scratch.words.end()) {
            if (scratch.words.size() >= Scratch::mostWords) scratch.words.clear();
            known = scratch.words.emplace(key, std::vector<Piece>()).first;
            merge(word, known->second);
        }
        target.insert(target.end(), known->second.begin(), known->second.end());
    }

private:
    void addMerge(const std::pair<std::string, std::string>& merge, int rank)
    {
        const auto idOf = [&](const std::string& piece) {
            const auto id = m_vocabulary.idOf(piece);
            if (!id)
                throw Error(ErrorCode::BadConfig, m_subject,
                            "the merge of rank " + std::to_string(rank) + " needs the piece \"" + piece.substr(0, 80) +
                                "\", which the vocabulary lacks",
                            "check the files or download them again");
            return *id;
        };
        const std::size_t cut = std::min(m_rules.prefix.size(), merge.second.size());
        const int left = idOf(merge.first), right = idOf(merge.second);
        m_merges.insert(left, right, {rank, idOf(merge.first + merge.second.substr(cut))});
    }

    void merge(std::string_view word, std::vector<Piece>& target) const
    {
        std::vector<Symbol> symbols = symbolsOf(word);
        join(symbols);
        std::uint32_t at = 0;
        for (const Symbol& symbol : symbols) {
            if (symbol.bytes == 0) continue;
            target.push_back({symbol.id, at, at + symbol.bytes});
            at += symbol.bytes;
        }
    }

    std::vector<Symbol> symbolsOf(std::string_view word) const
    {
        std::vector<Symbol> symbols;
        symbols.reserve(word.size());
        std::uint32_t unknown = 0; // bytes of the pending unknown symbol, 0 for none
        for (std::size_t begin = 0; begin < word.size();) {
            const std::size_t end = nextCharacter(word, begin);
            const auto bytes = std::uint32_t(end - begin);
            const std::string name = nameOf(word, begin, end);
            begin = end;
            if (const auto id = m_vocabulary.idOf(name)) {
                if (unknown > 0) add(symbols, m_unknown, unknown);
                unknown = 0;
                add(symbols, *id, bytes);
            } else if (m_rules.byteFallback && addBytes(symbols, name)) {
                continue;
            } else if (m_rules.unknown) {
                if (m_unknown < 0) lacksUnknown();
                if (unknown > 0 && !m_rules.fuseUnknown) add(symbols, m_unknown, unknown);
                unknown = m_rules.fuseUnknown ? unknown + bytes : bytes;
            }
        }
        if (unknown > 0) add(symbols, m_unknown, unknown);
        if (!symbols.empty()) symbols.back().next = -1;
        return symbols;
    }
    static std::size_t nextCharacter(std::string_view word, std::size_t at)
    {
        do ++at;
        while (at < word.size() && (word[at] & 0xC0) == 0x80);
        return at;
    }
    std::string nameOf(std::string_view word, std::size_t begin, std::size_t end) const
    {
        std::string name(word.substr(begin, end - begin));
        if (begin > 0 && !m_rules.prefix.empty()) name.insert(0, m_rules.prefix);
        if (end == word.size()) name += m_rules.suffix;
        return name;
    }
    static void add(std::vector<Symbol>& symbols, int id, std::uint32_t bytes)
    {
        const int at = int(symbols.size());
        symbols.push_back({id, at - 1, at + 1, bytes});
    }
    bool addBytes(std::vector<Symbol>& symbols, std::string_view name) const
    {
        for (const char c : name)
            if (m_bytes[static_cast<unsigned char>(c)] < 0) return false;
        for (const char c : name) add(symbols, m_bytes[static_cast<unsigned char>(c)], 1);
        return true;
    }
    [[noreturn]] void lacksUnknown() const
    {
        throw Error(ErrorCode::BadConfig, m_subject,
                    "the unknown token \"" + m_rules.unknown->substr(0, 80) + "\" is not in the vocabulary",
                    "check the files or download them again");
    }

    void join(std::vector<Symbol>& symbols) const
    {
        std::vector<Candidate> first;
        const auto propose = [&](int at, auto& queue) {
            if (at < 0 || symbols[std::size_t(at)].next < 0) return;
            const Symbol& left = symbols[std::size_t(at)];
            if (const auto* merge = m_merges.find(left.id, symbols[std::size_t(left.next)].id))
                queue.push_back({merge->rank, at, merge->id});
        };
        for (std::size_t at = 0; at + 1 < symbols.size(); ++at) propose(int(at), first);
        std::priority_queue<Candidate> queue({}, std::move(first));
        std::vector<Candidate> fresh;
        while (!queue.empty()) {
            const Candidate top = queue.top();
            queue.pop();
            if (!stillThere(symbols, top)) continue;
            joinWithNext(symbols, top);
            fresh.clear();
            propose(symbols[std::size_t(top.at)].previous, fresh);
            propose(top.at, fresh);
            for (const Candidate& candidate : fresh) queue.push(candidate);
        }
    }
    bool stillThere(const std::vector<Symbol>& symbols, const Candidate& candidate) const
    {
        const Symbol& left = symbols[std::size_t(candidate.at)];
        if (left.bytes == 0 || left.next < 0) return false;
        const auto* merge = m_merges.find(left.id, symbols[std::size_t(left.next)].id);
        return merge && merge->id == candidate.id;
    }
    static void joinWithNext(std::vector<Symbol>& symbols, const Candidate& candidate)
    {
        Symbol& left = symbols[std::size_t(candidate.at)];
        Symbol& right = symbols[std::size_t(left.next)];
        left.id = candidate.id;
        left.bytes += right.bytes;
        left.next = right.next;
        right.bytes = 0;
        if (left.next >= 0) symbols[std::size_t(left.next)].previous = candidate.at;
    }

    BpeRules m_rules;
    std::string m_subject;
    PairTable m_merges;
    int m_unknown = -1;
    std::array<int, 256> m_bytes{}; // <0x00> to <0xFF>, -1 where the vocabulary lacks it
};

} // namespace

ModelPtr bpeModel(Vocabulary vocabulary, const Merges& merges, const BpeRules& rules, const std::string& subject)
{
    return std::make_unique<Bpe>(std::move(vocabulary), merges, rules, subject);
}

} // namespace headlens::text
