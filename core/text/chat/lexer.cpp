// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/lexer.h"

#include "core/text/chat/python_text.h"
#include "core/text/chat/word_lexer.h"
#include "core/text/unicode.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

// One kind of newline, and none at the end.
std::u32string normalized(std::u32string_view source)
{
    std::u32string text;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const bool pair = source[i] == U'\r' && i + 1 < source.size() && source[i + 1] == U'\n';
        if (!pair) text.push_back(source[i] == U'\r' ? U'\n' : source[i]);
    }
    if (text.ends_with(U'\n')) text.pop_back();
    return text;
}

class Lexer {
public:
    explicit Lexer(std::u32string_view source) : m_source(source) {}

    std::vector<Word> all()
    {
        while (m_at < m_source.size()) {
            const std::size_t tag = nextTag();
            const std::size_t from = m_at;
            moveTo(std::min(tag, m_source.size()));
            if (tag == m_source.npos) {
                data(m_source.substr(from));
                break;
            }
            const char32_t kind = m_source[tag + 1];
            const char32_t sign = signAt(tag + 2);
            data(before(from, tag, sign, kind != U'{'));
            moveTo(tag + 2 + (sign != 0 ? 1 : 0));
            tagOf(kind);
        }
        m_words.push_back({TokenKind::Finished, m_line});
        return std::move(m_words);
    }

private:
    bool sees(std::u32string_view what) const { return m_source.substr(m_at).starts_with(what); }
    void moveTo(std::size_t to)
    {
        m_line += int(std::ranges::count(m_source.substr(m_at, to - m_at), U'\n'));
        m_at = to;
    }
    void skipSpace()
    {
        std::size_t to = m_at;
        while (to < m_source.size() && isSpace(m_source[to])) ++to;
        moveTo(to);
    }
    std::size_t nextTag() const
    {
        for (std::size_t at = m_at; (at = m_source.find(U'{', at)) < m_source.size() - 1; ++at) {
            const char32_t next = m_source[at + 1];
            if (next == U'{' || next == U'%' || next == U'#') return at;
        }
        return m_source.npos;
    }
    // The minus or plus there; 0: neither.
    char32_t signAt(std::size_t at) const
    {
        return at < m_source.size() && (m_source[at] == U'-' || m_source[at] == U'+') ? m_source[at] : 0;
    }
    // The plain text from `from` to a tag with `sign` behind its mark, without the space that goes.
    std::u32string_view before(std::size_t from, std::size_t tag, char32_t sign, bool block) const
    {
        const std::u32string_view text = m_source.substr(from, tag - from);
        if (sign == U'-') return stripped(text, false, true);
        if (sign == U'+' || !block) return text;
        const std::size_t line = text.rfind(U'\n') + 1; // npos + 1 is 0
        const bool begun = line > 0 || from == 0 || m_source[from - 1] == U'\n';
        return begun && stripped(text.substr(line)).empty() ? text.substr(0, line) : text;
    }
    void data(std::u32string_view text)
    {
        if (!text.empty()) m_words.push_back({TokenKind::Data, m_line, {}, std::u32string(text)});
    }
    // Moves over the end of a tag, which begins at m_at with its sign or its mark: with a minus all space behind it
    // goes, else of blocks one newline.
    void endTag(bool block)
    {
        const char32_t sign = signAt(m_at);
        moveTo(m_at + 2 + (sign != 0 ? 1 : 0));
        if (sign == U'-')
            skipSpace();
        else if (sign == 0 && block && sees(U"\n"))
            moveTo(m_at + 1);
    }
    void tagOf(char32_t kind)
    {
        if (kind == U'#') return comment();
        const bool block = kind == U'%';
        if (block && rawBegins()) return raw();
        const int line = m_line;
        m_words.push_back({block ? TokenKind::BlockBegin : TokenKind::PrintBegin, line});
        WordLexer inside(m_source, m_at, m_line, block ? U"%}" : U"}}", m_words);
        inside.run();
        moveTo(inside.end());
        m_words.push_back({block ? TokenKind::BlockEnd : TokenKind::PrintEnd, m_line});
        endTag(block);
    }
    void comment()
    {
        const std::size_t end = m_source.find(U"#}", m_at);
        if (end == m_source.npos) throw SyntaxProblem{m_line, "a comment has no end, \"#}\""};
        moveTo(end > m_at && signAt(end - 1) != 0 ? end - 1 : end);
        endTag(true);
    }
    // "raw -%}" behind "{%"; moves behind the word, before the end of the tag.
    bool rawBegins()
    {
        std::u32string_view rest = stripped(m_source.substr(m_at), true, false);
        if (!rest.starts_with(U"raw")) return false;
        rest = stripped(rest.substr(3), true, false);
        if (!rest.starts_with(U"%}") && !rest.starts_with(U"-%}")) return false;
        moveTo(m_source.size() - rest.size());
        return true;
    }
    void raw()
    {
        endTag(false);
        const std::size_t from = m_at;
        for (std::size_t tag = m_at; (tag = m_source.find(U"{%", tag)) != m_source.npos; ++tag) {
            const char32_t sign = signAt(tag + 2);
            std::u32string_view rest = stripped(m_source.substr(tag + 2 + (sign != 0 ? 1 : 0)), true, false);
            if (!rest.starts_with(U"endraw")) continue;
            rest = stripped(rest.substr(6), true, false);
            const std::size_t end = m_source.size() - rest.size();
            if (!m_source.substr(end + (signAt(end) != 0 ? 1 : 0)).starts_with(U"%}")) continue;
            data(before(from, tag, sign, true));
            moveTo(end);
            return endTag(true);
        }
        throw SyntaxProblem{m_line, "{% raw %} has no {% endraw %}"};
    }

    std::u32string_view m_source;
    std::size_t m_at = 0;
    int m_line = 1;
    std::vector<Word> m_words;
};

} // namespace

std::vector<Word> wordsOf(std::u32string_view source)
{
    const std::u32string text = normalized(source);
    return Lexer(text).all();
}

} // namespace headlens::text::chat
