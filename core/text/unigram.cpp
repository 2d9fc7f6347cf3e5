// SPDX-License-Identifier: GPL-3.0-or-later
// Unigram: of all ways to cut a word into pieces, the one with the largest sum of scores (Viterbi over a trie).
#include "core/text/models.h"

#include "core/base/error.h"
#include "core/text/trie.h"
#include "core/text/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace headlens::text {
namespace {

constexpr double unknownPenalty = 10; // below the worst score of the vocabulary
constexpr std::uint32_t unreached = ~0U;

struct Best {
    double score = 0;
    std::uint32_t from = unreached; // where the last piece of the best cut begins
    bool unknown = false;
};

std::vector<std::pair<std::string_view, int>> entriesOf(const std::vector<ScoredPiece>& pieces)
{
    std::vector<std::pair<std::string_view, int>> entries;
    for (std::size_t i = 0; i < pieces.size(); ++i) entries.emplace_back(pieces[i].piece, int(i));
    return entries;
}

Vocabulary vocabularyOf(const std::vector<ScoredPiece>& pieces)
{
    Vocabulary vocabulary;
    for (std::size_t i = 0; i < pieces.size(); ++i) vocabulary.add(pieces[i].piece, int(i));
    return vocabulary;
}

class Unigram : public Model {
public:
    Unigram(const std::vector<ScoredPiece>& pieces, const UnigramRules& rules, std::string subject,
            std::optional<Vocabulary> ids)
        : Model(ids ? std::move(*ids) : vocabularyOf(pieces)), m_trie(entriesOf(pieces)), m_rules(rules),
          m_subject(std::move(subject))
    {
        double worst = 0;
        for (const ScoredPiece& piece : pieces) {
            m_scores.push_back(piece.score);
            worst = m_scores.size() == 1 ? piece.score : std::min(worst, piece.score);
        }
        m_unknownScore = worst - unknownPenalty;
        // An unknown piece found by its own name in the text is fused like any other unknown.
        if (!m_vocabulary.has(rules.unknown)) m_rules.unknown = -1;
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (pieces[i].piece == m_vocabulary.piece(m_rules.unknown)) m_unknownPiece = int(i);
        for (unsigned byte = 0; byte < m_bytes.size(); ++byte)
            m_bytes[byte] = m_vocabulary.idOf(fmt::format("<0x{:02X}>", byte)).value_or(-1);
    }
    const char* name() const override { return "Unigram"; }
    int unknown() const override { return m_rules.unknown; }

    void pieces(std::string_view word, std::vector<Piece>& target, Scratch&) const override
    {
        const std::vector<Best> best = bestCuts(word);
        // Backwards along the best cut; neighbouring unknown pieces become one.
        std::vector<std::pair<std::uint32_t, std::uint32_t>> cuts;
        bool lastUnknown = false;
        for (auto end = std::uint32_t(word.size()); end > 0;) {
            const Best& last = best[end];
            if (last.unknown && lastUnknown && m_rules.unknown >= 0)
                cuts.back().first = last.from;
            else
                cuts.emplace_back(last.from, end);
            lastUnknown = last.unknown;
            end = last.from;
        }
        for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) addPiece(word, cut->first, cut->second, target);
    }

private:
    std::vector<Best> bestCuts(std::string_view word) const
    {
        std::vector<Best> best(word.size() + 1);
        const auto offer = [&](std::size_t begin, std::size_t end, double score, bool unknown) {
            Best& target = best[end];
            if (target.from == unreached || score > target.score) target = {score, std::uint32_t(begin), unknown};
        };
        for (std::size_t begin = 0; begin < word.size();) {
            std::size_t next = begin + 1;
            while (next < word.size() && (word[next] & 0xC0) == 0x80) ++next;
            bool single = false;
            std::uint32_t node = Trie::root;
            for (std::size_t at = begin; at < word.size(); ++at) {
                node = m_trie.step(node, static_cast<unsigned char>(word[at]));
                if (node == Trie::nowhere) break;
                const int piece = m_trie.value(node);
                if (piece == Trie::none) continue;
                offer(begin, at + 1, best[begin].score + m_scores[std::size_t(piece)], piece == m_unknownPiece);
                single |= at + 1 == next;
            }
            if (!single) offer(begin, next, best[begin].score + m_unknownScore, true);
            begin = next;
        }
        return best;
    }

    void addPiece(std::string_view word, std::uint32_t begin, std::uint32_t end, std::vector<Piece>& target) const
    {
        const std::string_view part = word.substr(begin, end - begin);
        if (const auto id = m_vocabulary.idOf(part)) {
            target.push_back({*id, begin, end});
            return;
        }
        const auto known = [&](char c) { return m_bytes[static_cast<unsigned char>(c)] >= 0; };
        if (m_rules.byteFallback && std::all_of(part.begin(), part.end(), known)) {
            for (const char c : part) target.push_back({m_bytes[static_cast<unsigned char>(c)], begin, end});
            return;
        }
        if (m_rules.unknown < 0)
            throw Error(ErrorCode::BadConfig, m_subject,
                        "the text needs an unknown piece and the vocabulary names none",
                        "check the files or download them again");
        target.push_back({m_rules.unknown, begin, end, true});
    }

    Trie m_trie;
    std::vector<double> m_scores;
    UnigramRules m_rules;
    double m_unknownScore = 0;
    int m_unknownPiece = -1;
    std::string m_subject;
    std::array<int, 256> m_bytes{};
};

} // namespace

ModelPtr unigramModel(const std::vector<ScoredPiece>& pieces, const UnigramRules& rules, const std::string& subject,
                      std::optional<Vocabulary> ids)
{
    return std::make_unique<Unigram>(pieces, rules, subject, std::move(ids));
}

} // namespace headlens::text
