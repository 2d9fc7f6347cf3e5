// SPDX-License-Identifier: GPL-3.0-or-later
// The third step: one word becomes pieces of the vocabulary.
#pragma once

#include "core/text/vocabulary.h"

#include <memory>
#include <unordered_map>

namespace headlens::text {

struct Piece {
    int id = 0;
    std::uint32_t begin = 0, end = 0; // [begin,end) in bytes of the word
    bool surface = false;             // reads as the bytes of the word itself (Unigram's unknown pieces)
};

// What a model remembers within one call, so that calls share nothing.
struct Scratch {
    static constexpr std::size_t mostWords = 1U << 16, longestWord = 64;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
    };
    std::unordered_map<std::string, std::vector<Piece>, Hash, std::equal_to<>> words; // what BPE has merged before
};

class Model {
public:
    explicit Model(Vocabulary vocabulary) : m_vocabulary(std::move(vocabulary)) {}
    virtual ~Model() = default;

    // Appends the pieces of `word`, which is valid UTF-8 and not empty. Throws Error(BadConfig) when the word needs an
    // unknown token and the model names none.
    virtual void pieces(std::string_view word, std::vector<Piece>& target, Scratch& scratch) const = 0;
    virtual const char* name() const = 0;
    virtual int unknown() const = 0; // the id of the unknown token, -1 for none

    const Vocabulary& vocabulary() const { return m_vocabulary; }

protected:
    Vocabulary m_vocabulary;
};
using ModelPtr = std::unique_ptr<Model>;

struct WordPieceRules {
    std::string unknown = "[UNK]", prefix = "##";
    int longestWord = 100; // characters
};
ModelPtr wordPieceModel(Vocabulary vocabulary, const WordPieceRules& rules, const std::string& subject);

ModelPtr wordLevelModel(Vocabulary vocabulary, const std::string& unknown, const std::string& subject);

struct BpeRules {
    std::optional<std::string> unknown;
    std::string prefix, suffix; // continuing_subword_prefix, end_of_word_suffix
    bool fuseUnknown = false, byteFallback = false, ignoreMerges = false;
};
using Merges = std::vector<std::pair<std::string, std::string>>;
// "a b" as its two pieces; nothing when it is no pair.
std::optional<Merges::value_type> mergeIn(std::string_view line);
// Throws Error(BadConfig) for a merge whose parts or whole are not in the vocabulary, as the reference does.
ModelPtr bpeModel(Vocabulary vocabulary, const Merges& merges, const BpeRules& rules, const std::string& subject);

struct ScoredPiece {
    std::string piece;
    double score = 0;
};
struct UnigramRules {
    int unknown = -1;
    bool byteFallback = false;
};
// `ids` renames the pieces (Marian keeps them in a vocab.json): the vocabulary is then its own, `unknown` an id of it,
// and pieces that it lacks are unknown.
ModelPtr unigramModel(const std::vector<ScoredPiece>& pieces, const UnigramRules& rules, const std::string& subject,
                      std::optional<Vocabulary> ids = {});

} // namespace headlens::text
