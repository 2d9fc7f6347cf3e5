// SPDX-License-Identifier: GPL-3.0-or-later
// A text on its way through a tokenizer: the characters as they are now, and which code points of the original each
// of them stands for.
#pragma once

#include "core/text/unicode.h"

#include <string>
#include <string_view>
#include <vector>

namespace headlens::text {

struct Span {
    int begin = 0, end = 0; // [begin,end) in code points of the original text
};

// A tokenizer.json may chain steps that each double the text; honest ones stay far below this.
constexpr std::size_t mostGrown(std::size_t original)
{
    return (1U << 20) + 8 * original;
}

class Aligned {
public:
    Aligned() = default;
    // Characters that stand for themselves, the first of them at `base` of the original.
    Aligned(std::u32string characters, int base) : m_text(std::move(characters)), m_base(base) {}

    const std::u32string& text() const { return m_text; }
    std::size_t size() const { return m_text.size(); }
    bool empty() const { return m_text.empty(); }
    Span span(std::size_t i) const { return m_spans.empty() ? Span{m_base + int(i), m_base + int(i) + 1} : m_spans[i]; }
    // What the characters [begin,end) stand for together; an empty range stands for nothing at its place.
    Span span(std::size_t begin, std::size_t end) const;

    // Adds one character; throws Error(BadConfig) when the text has outgrown `mostGrown`. Mixing with the constructor's
    // own alignment is fine: it is written out first.
    void push(char32_t c, Span span);
    void append(const Aligned& other, std::size_t begin, std::size_t end);
    void reserve(std::size_t count);

    // Replaces one character; the alignment stays.
    void set(std::size_t at, char32_t c) { m_text[at] = c; }
    // Replaces characters one by one; the alignment stays.
    template <class Change>
    void map(Change change)
    {
        for (char32_t& c : m_text) c = change(c);
    }
    template <class Keep>
    void filter(Keep keep)
    {
        std::size_t kept = 0;
        while (kept < m_text.size() && keep(m_text[kept])) ++kept;
        if (kept == m_text.size()) return;
        writeOut();
        for (std::size_t i = kept; i < m_text.size(); ++i) {
            if (!keep(m_text[i])) continue;
            m_text[kept] = m_text[i];
            m_spans[kept++] = m_spans[i];
        }
        m_text.resize(kept);
        m_spans.resize(kept);
    }
    void cut(std::size_t begin, std::size_t end); // keeps [begin,end)
    // Puts `prefix` before the first character; all of it stands for what the first character stands for.
    void prepend(std::u32string_view prefix);

private:
    void writeOut();
    void requireModestGrowth(int originalEnd) const;

    std::u32string m_text;
    std::vector<Span> m_spans; // empty while every character stands for itself
    int m_base = 0;
};

// A transformation told the way the reference does: each new character with 0 (replaces the next old one), +1
// (inserted: stands for what the old one before it stood for) or -n (replaces one and swallows n more).
struct Change {
    char32_t c;
    int change;
};
Aligned transformed(const Aligned& source, const std::vector<Change>& changes);

} // namespace headlens::text
