// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tiktoken.h"

#include "core/text/base64.h"
#include "core/text/bpe_join.h"
#include "core/text/bpe_words.h"
#include "core/text/component_json.h"
#include "core/text/legacy_files.h"
#include "core/text/scanners.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace headlens::text {
namespace {

constexpr std::size_t mostMerges = std::size_t(1) << 22;     // Llama 3 has half a million
constexpr std::uint64_t mostHashed = std::uint64_t(1) << 31; // bytes: about a second; Llama 3 needs ten million
constexpr std::size_t longestPiece = 1'024;                  // bytes; Llama 3 has 128

struct Line {
    std::string bytes;
    int rank = 0;
};

// "IQ== 0"; nothing for what is none.
std::optional<Line> lineIn(std::string_view text)
{
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || space == 0 || space > 2 * longestPiece) return std::nullopt;
    auto bytes = decodeBase64(text.substr(0, space));
    Line line;
    const char* const end = text.data() + text.size();
    const auto [at, problem] = std::from_chars(text.data() + space + 1, end, line.rank);
    if (!bytes || bytes->empty() || bytes->size() > longestPiece || problem != std::errc() || at != end) return {};
    line.bytes = std::move(*bytes);
    return line;
}

// Takes the first line off, without its end.
std::string_view nextLine(std::string_view& bytes)
{
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::string written(std::string_view bytes)
{
    std::u32string text;
    for (const char byte : bytes) text.push_back(byteCharacter(static_cast<unsigned char>(byte)));
    return toUtf8(text);
}

Vocabulary vocabularyIn(std::string_view bytes, const std::string& subject)
{
    Vocabulary vocabulary;
    while (!bytes.empty()) {
        const std::string_view text = nextLine(bytes);
        if (text.empty()) continue;
        const auto line = lineIn(text);
        if (!line) damaged(subject, "the line \"" + toUtf8(decodeUtf8(text.substr(0, 80))) + "\" is no piece and rank");
        const std::string piece = written(line->bytes);
        if (vocabulary.idOf(piece) || vocabulary.has(line->rank))
            damaged(subject, fmt::format("the rank {} or its piece stands there twice", line->rank));
        if (!vocabulary.add(piece, line->rank)) damaged(subject, fmt::format("{} is no rank", line->rank));
    }
    return vocabulary;
}

// Of all neighbours those that make the piece of the lowest rank are joined first; a word that is a piece stays whole.
class RankedBpe : public BpeWords {
public:
    RankedBpe(Vocabulary vocabulary, const std::string& subject) : BpeWords(std::move(vocabulary)), m_merges(0)
    {
        forbidCuts(); // pieces are bytes, not characters
        for (int byte = 0; byte < 256; ++byte)
            if (!m_vocabulary.idOf(written(std::string(1, char(byte)))))
                damaged(subject, fmt::format("it lacks the byte {}", byte));
        addMerges(subject);
    }
    int unknown() const override { return -1; }

private:
    void addMerges(const std::string& subject)
    {
        struct Made {
            int left, right;
            MergeOf merge;
        };
        std::vector<Made> made;
        std::uint64_t hashed = 0;
        for (int id = 0; id < m_vocabulary.size(); ++id) {
            const std::string_view piece = m_vocabulary.piece(id);
            for (std::size_t cut = piece.empty() ? 0 : nextCharacter(piece, 0); cut < piece.size();
                 cut = nextCharacter(piece, cut)) {
                hashed += piece.size();
                if (hashed > mostHashed || made.size() == mostMerges) damaged(subject, "its pieces are too long");
                const auto left = m_vocabulary.idOf(piece.substr(0, cut)), right = m_vocabulary.idOf(piece.substr(cut));
                if (left && right) made.push_back({*left, *right, {id, id}});
            }
        }
        m_merges = PairTable(made.size());
        for (const Made& entry : made) m_merges.insert(entry.left, entry.right, entry.merge);
    }

    void merge(std::string_view word, std::vector<Piece>& target) const override
    {
        if (const auto whole = m_vocabulary.idOf(word)) {
            target.push_back({*whole, 0, std::uint32_t(word.size())});
            return;
        }
        std::vector<Symbol> symbols;
        for (std::size_t begin = 0, end = 0; begin < word.size(); begin = end) {
            end = nextCharacter(word, begin);
            const auto id = m_vocabulary.idOf(word.substr(begin, end - begin));
            if (id) addSymbol(symbols, *id, std::uint32_t(end - begin)); // every byte is a piece
        }
        joinSymbols(symbols, m_merges);
        std::uint32_t at = 0;
        for (const Symbol& symbol : symbols) {
            if (symbol.bytes == 0) continue;
            target.push_back({symbol.id, at, at + symbol.bytes});
            at += symbol.bytes;
        }
    }

    PairTable m_merges;
};

// Named as in Llama 3.1; the rest is reserved.
std::vector<AddedToken> specialTokens(int first)
{
    static constexpr std::array<const char*, 11> kNamed{"<|begin_of_text|>",
                                                        "<|end_of_text|>",
                                                        "<|reserved_special_token_0|>",
                                                        "<|reserved_special_token_1|>",
                                                        "<|finetune_right_pad_id|>",
                                                        "<|reserved_special_token_2|>",
                                                        "<|start_header_id|>",
                                                        "<|end_header_id|>",
                                                        "<|eom_id|>",
                                                        "<|eot_id|>",
                                                        "<|python_tag|>"};
    constexpr int kCount = 256, kReserved = 3; // the first of those behind
    std::vector<AddedToken> tokens;
    for (int i = 0; i < kCount; ++i) {
        const std::string name = std::size_t(i) < kNamed.size()
                                     ? kNamed[std::size_t(i)]
                                     : fmt::format("<|reserved_special_token_{}|>", i - int(kNamed.size()) + kReserved);
        tokens.push_back({name, first + i, false, false, false, false, true});
    }
    return tokens;
}

} // namespace

bool isTiktoken(std::string_view bytes)
{
    return lineIn(nextLine(bytes)).has_value();
}

Parts tiktokenParts(std::string_view bytes, const Settings& settings, const std::string& subject)
{
    Vocabulary vocabulary = vocabularyIn(bytes, subject);
    const int pieces = vocabulary.size();
    if (pieces > Vocabulary::largestId - 256) damaged(subject, "it has too many pieces");
    Parts parts;
    parts.model = std::make_unique<RankedBpe>(std::move(vocabulary), subject);
    parts.preTokenizer =
        preTokenizerSequence({splitPreTokenizer(Pattern::regex(llama3Expression, subject), Behavior::Isolated, false),
                              byteLevelPreTokenizer(false, false)});
    parts.decoder = byteLevelDecoder();
    finish(parts, settings, {{}, {}, "<|begin_of_text|>", "<|end_of_text|>", {}}, {});
    addMissing(parts, specialTokens(pieces));
    addLlamaEnds(parts, settings);
    return parts;
}

} // namespace headlens::text
