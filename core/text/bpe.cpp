// SPDX-License-Identifier: GPL-3.0-or-later
// Byte pair encoding: the characters of a word are joined pair by pair, the pair of the lowest rank first.
#include "core/base/error.h"
#include "core/text/bpe_join.h"
#include "core/text/bpe_words.h"

#include <fmt/format.h>

#include <array>

namespace headlens::text {
namespace {

class Bpe : public BpeWords {
public:
    Bpe(Vocabulary vocabulary, const Merges& merges, const BpeRules& rules, const std::string& subject)
        : BpeWords(std::move(vocabulary)), m_rules(rules), m_subject(subject), m_merges(merges.size())
    {
        if (rules.unknown) m_unknown = m_vocabulary.idOf(*rules.unknown).value_or(-1);
        for (std::size_t rank = 0; rank < merges.size(); ++rank) addMerge(merges[rank], int(rank));
        for (unsigned byte = 0; byte < m_bytes.size(); ++byte)
            m_bytes[byte] = m_vocabulary.idOf(fmt::format("<0x{:02X}>", byte)).value_or(-1);
        // A mark that is no piece would be fused with unknown characters before it, or dropped like them.
        const bool plain = rules.prefix.empty() && rules.suffix.empty() && rules.unknown && !rules.ignoreMerges;
        if (!plain || !m_vocabulary.idOf(spaceMark)) forbidCuts();
    }
    int unknown() const override { return m_unknown; }

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
        const std::string whole = merge.first + merge.second.substr(cut);
        m_merges.insert(left, right, {rank, idOf(whole)});
        noteWhole(whole);
    }

    void merge(std::string_view word, std::vector<Piece>& target) const override
    {
        if (m_rules.ignoreMerges)
            if (const auto id = m_vocabulary.idOf(word)) {
                target.push_back({*id, 0, std::uint32_t(word.size())});
                return;
            }
        std::vector<Symbol> symbols = symbolsOf(word);
        joinSymbols(symbols, m_merges);
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
                if (unknown > 0) addSymbol(symbols, m_unknown, unknown);
                unknown = 0;
                addSymbol(symbols, *id, bytes);
            } else if (m_rules.byteFallback && addBytes(symbols, name)) {
                continue;
            } else if (m_rules.unknown) {
                if (m_unknown < 0) lacksUnknown();
                if (unknown > 0 && !m_rules.fuseUnknown) addSymbol(symbols, m_unknown, unknown);
                unknown = m_rules.fuseUnknown ? unknown + bytes : bytes;
            }
        }
        if (unknown > 0) addSymbol(symbols, m_unknown, unknown);
        return symbols;
    }
    std::string nameOf(std::string_view word, std::size_t begin, std::size_t end) const
    {
        std::string name(word.substr(begin, end - begin));
        if (begin > 0 && !m_rules.prefix.empty()) name.insert(0, m_rules.prefix);
        if (end == word.size()) name += m_rules.suffix;
        return name;
    }
    bool addBytes(std::vector<Symbol>& symbols, std::string_view name) const
    {
        for (const char c : name)
            if (m_bytes[static_cast<unsigned char>(c)] < 0) return false;
        for (const char c : name) addSymbol(symbols, m_bytes[static_cast<unsigned char>(c)], 1);
        return true;
    }
    [[noreturn]] void lacksUnknown() const
    {
        throw Error(ErrorCode::BadConfig, m_subject,
                    "the unknown token \"" + m_rules.unknown->substr(0, 80) + "\" is not in the vocabulary",
                    "check the files or download them again");
    }

    BpeRules m_rules;
    std::string m_subject;
    PairTable m_merges;
    int m_unknown = -1;
    std::array<int, 256> m_bytes{}; // <0x00> to <0xFF>, -1 where the vocabulary lacks it
};

} // namespace

std::optional<Merges::value_type> mergeIn(std::string_view line)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos) return std::nullopt;
    return Merges::value_type(line.substr(0, space), line.substr(space + 1));
}

ModelPtr bpeModel(Vocabulary vocabulary, const Merges& merges, const BpeRules& rules, const std::string& subject)
{
    return std::make_unique<Bpe>(std::move(vocabulary), merges, rules, subject);
}

} // namespace headlens::text
