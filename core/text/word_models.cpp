// SPDX-License-Identifier: GPL-3.0-or-later
// WordPiece and WordLevel.
#include "core/text/models.h"

#include "core/base/error.h"
#include "core/text/trie.h"

#include <algorithm>

namespace headlens::text {
namespace {

int requireUnknown(int id, const std::string& subject)
{
    if (id < 0)
        throw Error(ErrorCode::BadConfig, subject, "the text needs an unknown token and the vocabulary has none",
                    "check the files or download them again");
    return id;
}

std::size_t characters(std::string_view word)
{
    return std::size_t(std::count_if(word.begin(), word.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::pair<std::string_view, int>> entriesOf(const Vocabulary& vocabulary)
{
    std::vector<std::pair<std::string_view, int>> entries;
    for (int id = 0; id < vocabulary.size(); ++id)
        if (vocabulary.has(id)) {
            const std::string& piece = vocabulary.piece(id);
            entries.emplace_back(piece, *vocabulary.idOf(piece));
        }
    return entries;
}

class WordPiece : public Model {
public:
    WordPiece(Vocabulary vocabulary, const WordPieceRules& rules, std::string subject)
        : Model(std::move(vocabulary)), m_trie(entriesOf(m_vocabulary)), m_inside(m_trie.walk(rules.prefix)),
          m_longest(std::size_t(rules.longestWord)), m_unknown(m_vocabulary.idOf(rules.unknown).value_or(-1)),
          m_subject(std::move(subject))
    {
    }
    const char* name() const override { return "WordPiece"; }
    int unknown() const override { return m_unknown; }

    void pieces(std::string_view word, std::vector<Piece>& target, Scratch&) const override
    {
        const std::size_t before = target.size();
        bool fits = word.size() <= m_longest || characters(word) <= m_longest;
        for (std::size_t begin = 0; fits && begin < word.size();) {
            const Piece longest = longestAt(word, begin);
            fits = longest.end > begin;
            if (fits) target.push_back(longest);
            begin = longest.end;
        }
        if (fits) return;
        target.resize(before);
        target.push_back({requireUnknown(m_unknown, m_subject), 0, std::uint32_t(word.size())});
    }

private:
    Piece longestAt(std::string_view word, std::size_t begin) const
    {
        Piece found{0, std::uint32_t(begin), std::uint32_t(begin)};
        std::uint32_t node = begin == 0 ? Trie::root : m_inside;
        for (std::size_t at = begin; node != Trie::nowhere && at < word.size(); ++at) {
            node = m_trie.step(node, static_cast<unsigned char>(word[at]));
            if (node == Trie::nowhere || m_trie.value(node) == Trie::none) continue;
            found.id = m_trie.value(node);
            found.end = std::uint32_t(at + 1);
        }
        return found;
    }

    Trie m_trie;
    std::uint32_t m_inside; // where the pieces that continue a word begin
    std::size_t m_longest;
    int m_unknown;
    std::string m_subject;
};

class WordLevel : public Model {
public:
    WordLevel(Vocabulary vocabulary, const std::string& unknown, std::string subject)
        : Model(std::move(vocabulary)), m_unknown(m_vocabulary.idOf(unknown).value_or(-1)),
          m_subject(std::move(subject))
    {
    }
    const char* name() const override { return "WordLevel"; }
    int unknown() const override { return m_unknown; }
    void pieces(std::string_view word, std::vector<Piece>& target, Scratch&) const override
    {
        const std::optional<int> id = m_vocabulary.idOf(word);
        target.push_back({id ? *id : requireUnknown(m_unknown, m_subject), 0, std::uint32_t(word.size())});
    }

private:
    int m_unknown;
    std::string m_subject;
};

} // namespace

ModelPtr wordPieceModel(Vocabulary vocabulary, const WordPieceRules& rules, const std::string& subject)
{
    return std::make_unique<WordPiece>(std::move(vocabulary), rules, subject);
}

ModelPtr wordLevelModel(Vocabulary vocabulary, const std::string& unknown, const std::string& subject)
{
    return std::make_unique<WordLevel>(std::move(vocabulary), unknown, subject);
}

} // namespace headlens::text
