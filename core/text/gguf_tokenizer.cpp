// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/gguf_tokenizer.h"

#include "core/text/component_json.h"
#include "core/text/sentencepiece_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace headlens::text {
namespace {

using PieceType = SentencePieceFile::PieceType;

class GgufVocabulary {
public:
    GgufVocabulary(const GgufSettings& settings, const std::string& subject) : m_settings(settings), m_subject(subject)
    {
        const auto* tokens = settings.texts(key("tokens"));
        if (!tokens || tokens->empty()) damaged(subject, "it names a tokenizer and holds no pieces");
        if (tokens->size() > std::size_t(Vocabulary::largestId)) damaged(subject, "it has more than 4 million pieces");
        readScores(*tokens);
        readTypes();
    }

    static std::string key(const char* name) { return std::string("tokenizer.ggml.") + name; }
    const std::vector<ScoredPiece>& pieces() const { return m_pieces; }
    const std::vector<PieceType>& types() const { return m_types; }

    // The piece of the id under a key; `fallback` where there is no such key.
    int id(const char* name, int fallback = -1) const
    {
        if (!m_settings.has(key(name))) return fallback;
        const auto id = m_settings.integer(key(name));
        if (!id || *id < 0 || *id >= std::int64_t(m_pieces.size()))
            damaged(m_subject, fmt::format("its {} is no piece of the vocabulary", key(name)));
        return int(*id);
    }
    std::string piece(int id) const { return id < 0 ? std::string() : m_pieces[std::size_t(id)].piece; }
    bool flag(const char* name, bool fallback) const { return m_settings.flag(key(name)).value_or(fallback); }

    Vocabulary vocabulary() const
    {
        Vocabulary made;
        for (std::size_t i = 0; i < m_pieces.size(); ++i) made.add(m_pieces[i].piece, static_cast<long long>(i));
        return made;
    }
    Merges merges() const
    {
        Merges made;
        const auto* lines = m_settings.texts(key("merges"));
        if (!lines) damaged(m_subject, "it holds no merges");
        made.reserve(lines->size());
        for (const std::string& line : *lines) {
            auto merge = mergeIn(toUtf8(decodeUtf8(line)));
            if (!merge) damaged(m_subject, "the merge \"" + line.substr(0, 80) + "\" is no pair of pieces");
            made.push_back(std::move(*merge));
        }
        return made;
    }
    // Found in a text before anything else.
    std::vector<AddedToken> added() const
    {
        std::vector<AddedToken> tokens;
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            const bool special = m_types[i] == PieceType::Control || m_types[i] == PieceType::Unknown;
            const std::string& piece = m_pieces[i].piece;
            if ((!special && m_types[i] != PieceType::UserDefined) || piece.size() > Trie::longestKey) continue;
            tokens.push_back({piece, int(i), false, false, false, false, special});
        }
        return tokens;
    }

private:
    void readScores(const std::vector<std::string>& tokens)
    {
        const auto* scores = m_settings.reals(key("scores"));
        requireAsMany(scores ? scores->size() : tokens.size(), tokens.size(), "scores");
        m_pieces.reserve(tokens.size());
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const double score = scores ? (*scores)[i] : 0;
            if (!std::isfinite(score)) damaged(m_subject, "the score of a piece is no finite number");
            m_pieces.push_back({toUtf8(decodeUtf8(tokens[i])), score});
        }
    }
    void readTypes()
    {
        const auto* types = m_settings.integers(key("token_type"));
        requireAsMany(types ? types->size() : m_pieces.size(), m_pieces.size(), "token_type");
        m_types.assign(m_pieces.size(), PieceType::Normal);
        for (std::size_t i = 0; types && i < m_types.size(); ++i) {
            const std::int64_t type = (*types)[i];
            if (type < 0 || type > 6) damaged(m_subject, fmt::format("a piece has the unknown type {}", type));
            m_types[i] = type == 0 ? PieceType::Normal : PieceType(type); // 0: not said
        }
    }
    void requireAsMany(std::size_t count, std::size_t pieces, const char* name) const
    {
        if (count != pieces)
            damaged(m_subject, fmt::format("it has {} pieces and {} values of {}", pieces, count, key(name)));
    }

    const GgufSettings& m_settings;
    const std::string& m_subject;
    std::vector<ScoredPiece> m_pieces;
    std::vector<PieceType> m_types;
};

// Begin and end around each text where the keys say so, else as the kind of model does.
void addEnds(Parts& parts, const GgufVocabulary& stored, int begin, int end, bool begins)
{
    const auto named = [&](int id, bool wanted) {
        return wanted && id >= 0 ? std::optional(NamedId(id, stored.piece(id))) : std::nullopt;
    };
    parts.post.steps = {aroundEach(named(begin, stored.flag("add_bos_token", begins)),
                                   named(end, stored.flag("add_eos_token", false)))};
    parts.special.begin = stored.piece(begin);
    parts.special.end = stored.piece(end);
    parts.special.pad = stored.piece(stored.id("padding_token_id"));
    parts.added = stored.added();
}

// "llama": SentencePiece's BPE.
Parts scoredParts(const GgufVocabulary& stored, const std::string& subject)
{
    SentencePieceFile file;
    file.pieces = stored.pieces();
    file.types = stored.types();
    file.unknown = stored.id("unknown_token_id", 0);
    file.byteFallback = true;
    Parts parts;
    parts.model = scoredBpeModel(file, subject);
    const bool prefix = stored.flag("add_space_prefix", true);
    parts.normalizer = spaceNormalizer({false, prefix ? PrependScheme::Always : PrependScheme::Never, false, true});
    parts.decoder = byteFallbackDecoder(prefix);
    const int last = int(file.pieces.size()) - 1;
    addEnds(parts, stored, stored.id("bos_token_id", std::min(1, last)), stored.id("eos_token_id", std::min(2, last)),
            true);
    return parts;
}

// "gpt2": byte-level BPE.
Parts mergedParts(const GgufVocabulary& stored, const std::string& pre, const std::string& subject)
{
    GgufSplit split = ggufSplit(pre);
    BpeRules rules;
    rules.ignoreMerges = split.ignoreMerges;
    Parts parts;
    parts.model = bpeModel(stored.vocabulary(), stored.merges(), rules, subject);
    parts.preTokenizer = std::move(split.preTokenizer);
    parts.decoder = byteLevelDecoder();
    if (!split.known) parts.note = "the rule \"" + pre.substr(0, 80) + "\" for words is not known here: GPT-2's";
    addEnds(parts, stored, stored.id("bos_token_id"), stored.id("eos_token_id"), split.begins);
    return parts;
}

// "bert": WordPiece, where the words that begin are marked and not those that go on.
Parts wordParts(const GgufVocabulary& stored, const std::string& subject)
{
    constexpr std::string_view mark = "\u2581";
    Vocabulary vocabulary;
    for (std::size_t i = 0; i < stored.pieces().size(); ++i) {
        std::string piece = stored.pieces()[i].piece;
        if (piece.starts_with(mark))
            piece.erase(0, mark.size());
        else if (stored.types()[i] == PieceType::Normal)
            piece.insert(0, "##");
        vocabulary.add(piece, static_cast<long long>(i));
    }
    Parts parts;
    parts.normalizer = bertNormalizer({});
    parts.preTokenizer = bertPreTokenizer();
    WordPieceRules rules;
    if (const int unknown = stored.id("unknown_token_id"); unknown >= 0) rules.unknown = stored.piece(unknown);
    parts.model = wordPieceModel(std::move(vocabulary), rules, subject);
    parts.decoder = wordPieceDecoder("##", true);
    const auto named = [&](int id) { return id < 0 ? std::nullopt : std::optional(NamedId(id, stored.piece(id))); };
    const auto begin = named(stored.id("cls_token_id", stored.id("bos_token_id")));
    // Files spell it both ways.
    const auto end = named(stored.id("separator_token_id", stored.id("seperator_token_id")));
    parts.added = stored.added();
    parts.post.steps = {around(begin, end, {}, 1)};
    return parts;
}

} // namespace

std::optional<Parts> ggufParts(const GgufSettings& settings, const std::string& subject)
{
    const std::string model = settings.text(GgufVocabulary::key("model")).value_or("none");
    if (model == "none" || model == "no_vocab") return std::nullopt;
    if (model != "llama" && model != "gpt2" && model != "bert") unknownType("tokenizer of GGUF", model, subject);
    const GgufVocabulary stored(settings, subject);
    if (model == "llama") return scoredParts(stored, subject);
    if (model == "bert") return wordParts(stored, subject);
    return mergedParts(stored, settings.text(GgufVocabulary::key("pre")).value_or("gpt-2"), subject);
}

} // namespace headlens::text
