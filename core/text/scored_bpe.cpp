// SPDX-License-Identifier: GPL-3.0-or-later
// BPE as SentencePiece keeps it: pieces with scores and no list of merges, which is made here.
#include "core/base/error.h"
#include "core/text/bpe_join.h"
#include "core/text/bpe_words.h"
#include "core/text/component_json.h"
#include "core/text/sentencepiece_file.h"
#include "core/text/trie.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace headlens::text {
namespace {

using PieceType = SentencePieceFile::PieceType;

constexpr int unknownCharacter = -1; // of a symbol; a piece the user defined has -2 - id, so that it joins with nothing
constexpr std::size_t mostMerges = std::size_t(1) << 22;     // real vocabularies have up to 0.6 million
constexpr std::uint64_t mostHashed = std::uint64_t(1) << 31; // bytes: about a second; real ones need 30 million

Vocabulary vocabularyOf(const std::vector<ScoredPiece>& pieces)
{
    Vocabulary vocabulary;
    for (std::size_t i = 0; i < pieces.size(); ++i) vocabulary.add(pieces[i].piece, int(i));
    return vocabulary;
}

// 0 for the highest score; equal ones have equal ranks.
std::vector<int> ranksOf(const std::vector<ScoredPiece>& pieces)
{
    std::vector<double> scores;
    scores.reserve(pieces.size());
    for (const ScoredPiece& piece : pieces) scores.push_back(piece.score);
    std::ranges::sort(scores, std::greater());
    scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
    std::vector<int> ranks;
    ranks.reserve(pieces.size());
    for (const ScoredPiece& piece : pieces)
        ranks.push_back(int(std::ranges::lower_bound(scores, piece.score, std::greater()) - scores.begin()));
    return ranks;
}

class ScoredBpe : public BpeWords {
public:
    ScoredBpe(const SentencePieceFile& file, std::string subject)
        : BpeWords(vocabularyOf(file.pieces)), m_types(file.types), m_subject(std::move(subject)), m_merges(0),
          m_unknown(file.unknown)
    {
        addUserDefined(file);
        addCharacters(file);
        addMerges(file);
        if (characterId(spaceMark) == unknownCharacter) forbidCuts();
        for (unsigned byte = 0; byte < m_bytes.size(); ++byte)
            m_bytes[byte] = m_vocabulary.idOf(fmt::format("<0x{:02X}>", byte)).value_or(-1);
        m_byteFallback = file.byteFallback && std::ranges::all_of(m_bytes, [](int id) { return id >= 0; });
        takeUnusedApart(file);
    }
    int unknown() const override { return m_unknown; }

private:
    bool mayJoin(int id) const
    {
        const PieceType type = m_types[std::size_t(id)];
        return type == PieceType::Normal || type == PieceType::Unused;
    }
    // Of a part of a piece: another piece or a single character.
    int symbolId(std::string_view part) const
    {
        const auto id = m_vocabulary.idOf(part);
        return id && mayJoin(*id) ? *id : characterId(part);
    }
    int characterId(std::string_view character) const
    {
        const auto id = m_vocabulary.idOf(character);
        if (id && mayJoin(*id)) return *id;
        const auto other = m_characters.find(character);
        return other == m_characters.end() ? unknownCharacter : other->second;
    }

    void addUserDefined(const SentencePieceFile& file)
    {
        std::vector<std::pair<std::string_view, int>> entries;
        for (std::size_t i = 0; i < file.pieces.size(); ++i) {
            if (m_types[i] != PieceType::UserDefined) continue;
            entries.emplace_back(file.pieces[i].piece, int(i));
            noteWhole(file.pieces[i].piece);
        }
        m_anyDefined = !entries.empty();
        m_defined = Trie(std::move(entries));
    }
    // Characters that are no pieces but stand in some: ids behind the vocabulary.
    void addCharacters(const SentencePieceFile& file)
    {
        for (std::size_t i = 0; i < file.pieces.size(); ++i) {
            if (!mayJoin(int(i))) continue;
            const std::string_view piece = file.pieces[i].piece;
            for (std::size_t begin = 0, end = 0; begin < piece.size(); begin = end) {
                end = nextCharacter(piece, begin);
                const std::string_view character = piece.substr(begin, end - begin);
                if (characterId(character) == unknownCharacter)
                    m_characters.emplace(character, m_vocabulary.size() + int(m_characters.size()));
            }
        }
    }
    // A piece may be made of any two parts that are themselves pieces or characters.
    void addMerges(const SentencePieceFile& file)
    {
        struct Made {
            int left, right;
            MergeOf merge;
        };
        std::vector<Made> made;
        const std::vector<int> ranks = ranksOf(file.pieces);
        std::uint64_t hashed = 0;
        for (std::size_t i = 0; i < file.pieces.size(); ++i) {
            if (!mayJoin(int(i))) continue;
            const std::string_view piece = file.pieces[i].piece;
            noteWhole(piece);
            for (std::size_t cut = piece.empty() ? 0 : nextCharacter(piece, 0); cut < piece.size();
                 cut = nextCharacter(piece, cut)) {
                hashed += piece.size();
                if (hashed > mostHashed || made.size() == mostMerges) damaged(m_subject, "its pieces are too long");
                const int left = symbolId(piece.substr(0, cut)), right = symbolId(piece.substr(cut));
                if (left >= 0 && right >= 0) made.push_back({left, right, {ranks[i], int(i)}});
            }
        }
        m_merges = PairTable(made.size());
        for (const Made& entry : made) m_merges.insert(entry.left, entry.right, entry.merge);
    }

    // A piece that is not in use falls apart into the two it was joined from. Short ones first: long ones hold them.
    void takeUnusedApart(const SentencePieceFile& file)
    {
        std::vector<int> unused;
        for (std::size_t i = 0; i < m_types.size(); ++i)
            if (m_types[i] == PieceType::Unused) unused.push_back(int(i));
        const auto piece = [&](int id) -> const std::string& { return file.pieces[std::size_t(id)].piece; };
        std::ranges::stable_sort(unused, {}, [&](int id) { return piece(id).size(); });
        for (const int id : unused) {
            if (piece(id).empty() || nextCharacter(piece(id), 0) == piece(id).size()) continue;
            std::vector<Symbol> symbols = symbolsOf(piece(id));
            joinSymbols(symbols, m_merges, id);
            std::vector<Piece> parts;
            write(piece(id), symbols, parts);
            m_parts.emplace(id, std::move(parts));
        }
    }

    void merge(std::string_view word, std::vector<Piece>& target) const override
    {
        std::vector<Symbol> symbols = symbolsOf(word);
        joinSymbols(symbols, m_merges);
        write(word, symbols, target);
    }
    std::vector<Symbol> symbolsOf(std::string_view word) const
    {
        std::vector<Symbol> symbols;
        symbols.reserve(word.size());
        for (std::size_t begin = 0, end = 0; begin < word.size(); begin = end) {
            int id = unknownCharacter;
            end = begin;
            if (m_anyDefined) std::tie(end, id) = definedAt(word, begin);
            if (end == begin) {
                end = nextCharacter(word, begin);
                id = characterId(word.substr(begin, end - begin));
            }
            addSymbol(symbols, id, std::uint32_t(end - begin));
        }
        return symbols;
    }
    // The end and the symbol of the longest piece of the user's that begins there; its end is `begin` for none.
    std::pair<std::size_t, int> definedAt(std::string_view word, std::size_t begin) const
    {
        std::pair<std::size_t, int> found{begin, unknownCharacter};
        std::uint32_t node = Trie::root;
        for (std::size_t at = begin; at < word.size(); ++at) {
            node = m_defined.step(node, static_cast<unsigned char>(word[at]));
            if (node == Trie::nowhere) break;
            if (m_defined.value(node) != Trie::none) found = {at + 1, -2 - m_defined.value(node)};
        }
        return found;
    }

    void write(std::string_view word, const std::vector<Symbol>& symbols, std::vector<Piece>& target) const
    {
        std::uint32_t begin = 0;
        bool lastUnknown = false; // neighbouring unknown characters are one piece
        for (const Symbol& symbol : symbols) {
            if (symbol.bytes == 0) continue;
            const std::string_view part = word.substr(begin, symbol.bytes);
            const std::uint32_t end = begin + symbol.bytes;
            const bool known = symbol.id < m_vocabulary.size() && symbol.id != unknownCharacter;
            if (known)
                writeKnown(symbol.id < 0 ? -2 - symbol.id : symbol.id, begin, end, target);
            else if (m_byteFallback)
                writeBytes(part, begin, target);
            else if (lastUnknown)
                target.back().end = end;
            else
                target.push_back({requireUnknown(), begin, end});
            lastUnknown = !known && !m_byteFallback;
            begin = end;
        }
    }
    void writeKnown(int id, std::uint32_t begin, std::uint32_t end, std::vector<Piece>& target) const
    {
        const auto parts = m_parts.find(id);
        if (parts == m_parts.end())
            target.push_back({id, begin, end});
        else
            for (const Piece& part : parts->second) target.push_back({part.id, begin + part.begin, begin + part.end});
    }
    void writeBytes(std::string_view part, std::uint32_t begin, std::vector<Piece>& target) const
    {
        for (const char c : part) {
            target.push_back({m_bytes[static_cast<unsigned char>(c)], begin, begin + 1});
            ++begin;
        }
    }
    int requireUnknown() const
    {
        if (m_unknown < 0)
            throw Error(ErrorCode::BadConfig, m_subject,
                        "the text needs an unknown piece and the vocabulary names none",
                        "check the files or download them again");
        return m_unknown;
    }

    std::vector<PieceType> m_types;
    std::string m_subject;
    std::unordered_map<std::string, int, Scratch::Hash, std::equal_to<>> m_characters;
    std::unordered_map<int, std::vector<Piece>> m_parts; // of pieces that are not in use
    PairTable m_merges;
    Trie m_defined;
    bool m_anyDefined = false, m_byteFallback = false;
    int m_unknown = -1;
    std::array<int, 256> m_bytes{}; // <0x00> to <0xFF>, -1 where the vocabulary lacks it
};

} // namespace

ModelPtr scoredBpeModel(const SentencePieceFile& file, const std::string& subject)
{
    return std::make_unique<ScoredBpe>(file, subject);
}

} // namespace headlens::text
