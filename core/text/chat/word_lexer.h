// SPDX-License-Identifier: GPL-3.0-or-later
// The words within one tag of a template.
#pragma once

#include "core/text/chat/lexer.h"

namespace headlens::text::chat {

class WordLexer {
public:
    // From `at` in line `line` to the mark `end` outside of brackets, which a sign may precede. Adds to `words`.
    WordLexer(std::u32string_view source, std::size_t at, int line, std::u32string_view end, std::vector<Word>& words)
        : m_source(source), m_at(at), m_line(line), m_end(end), m_words(words)
    {
    }

    // Throws SyntaxProblem.
    void run();
    // Where the end of the tag begins, its sign included.
    std::size_t end() const { return m_at; }

private:
    [[noreturn]] void refuse(const std::string& why) const { throw SyntaxProblem{m_line, why}; }
    char32_t at(std::size_t offset) const { return m_at + offset < m_source.size() ? m_source[m_at + offset] : U'\0'; }
    bool ends() const;
    void next();
    void name();
    void number();
    bool fraction(std::string& text);
    void string();
    void symbol();
    void bracket(char symbol);
    std::string digits(int base);

    std::u32string_view m_source;
    std::size_t m_at;
    int m_line;
    std::u32string_view m_end;
    std::vector<Word>& m_words;
    std::string m_open; // the brackets that are to be closed, innermost last
};

} // namespace headlens::text::chat
