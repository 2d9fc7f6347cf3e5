// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/word_tokens.h"

#include <algorithm>

namespace headlens::text {

void WordTokens::push(int id, std::string piece, Span span, bool special)
{
    m_tokens.push_back({id, std::move(piece), {span.begin, span.end}, m_which, m_which, special, false});
}

void WordTokens::indexBytes(std::u32string_view word)
{
    m_bytes.clear();
    m_characterOf.clear();
    for (const char32_t c : word) appendUtf8(m_bytes, c);
    if (m_bytes.size() == word.size()) return;
    for (std::size_t i = 0; i < word.size(); ++i)
        m_characterOf.insert(m_characterOf.end(), utf8Length(word[i]), std::uint32_t(i));
}

void WordTokens::addWord(const Word& word)
{
    indexBytes(std::u32string_view(m_text.text()).substr(word.begin, word.end - word.begin));
    m_pieces.clear();
    m_model.pieces(m_bytes, m_pieces, m_scratch);
    const auto character = [this](std::uint32_t byte) { return m_characterOf.empty() ? byte : m_characterOf[byte]; };
    for (const Piece& piece : m_pieces) {
        // Byte pieces made of a suffix may reach beyond the word.
        const auto size = std::uint32_t(m_bytes.size());
        const std::uint32_t begin = std::min(piece.begin, size), end = std::min(piece.end, size);
        const Span span = begin < end ? m_text.span(word.begin + character(begin), word.begin + character(end - 1) + 1)
                                      : m_text.span(word.end, word.end);
        push(piece.id, piece.surface ? m_bytes.substr(begin, end - begin) : m_model.vocabulary().piece(piece.id), span,
             false);
    }
}

void WordTokens::addAdded(const Word& word, bool special)
{
    const std::u32string_view text = m_text.text();
    push(word.added, toUtf8(text.substr(word.begin, word.end - word.begin)), m_text.span(word.begin, word.end),
         special);
}

} // namespace headlens::text
