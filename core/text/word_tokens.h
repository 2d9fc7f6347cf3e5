// SPDX-License-Identifier: GPL-3.0-or-later
// Words through the model: pieces in bytes of a word become tokens with their spans in the original text.
#pragma once

#include "core/text/models.h"
#include "core/text/pre_tokenizers.h"
#include "core/text/tokenizer.h"

namespace headlens::text {

class WordTokens {
public:
    // Both must outlive the maker. `which`: 0 for the first text, 1 for the second.
    WordTokens(const Model& model, const Aligned& text, int which) : m_model(model), m_text(text), m_which(which) {}

    void addWord(const Word& word);
    // A token that was cut out of the text; it reads as it stood there.
    void addAdded(const Word& word, bool special);
    std::vector<Token> take() { return std::move(m_tokens); }

private:
    void push(int id, std::string piece, Span span, bool special);
    // The character of the word that holds each of its bytes.
    void indexBytes(std::u32string_view word);

    const Model& m_model;
    const Aligned& m_text;
    int m_which;
    Scratch m_scratch;
    std::vector<Token> m_tokens;
    std::string m_bytes;
    std::vector<std::uint32_t> m_characterOf; // empty for ASCII words: both counts are then equal
    std::vector<Piece> m_pieces;
};

} // namespace headlens::text
