// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/word_lexer.h"

#include "core/text/chat/python_text.h"
#include "core/text/unicode.h"

#include <array>
#include <charconv>

namespace headlens::text::chat {
namespace {

constexpr std::size_t deepestBrackets = 200;

bool isDigit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}

int digitOf(char32_t c)
{
    if (isDigit(c)) return int(c - U'0');
    if (c >= U'a' && c <= U'f') return int(c - U'a') + 10;
    return c >= U'A' && c <= U'F' ? int(c - U'A') + 10 : 99;
}

// What "\n" and its like stand for; 0 for letters that stand for themselves, with their backslash.
char32_t shortEscape(char32_t c)
{
    static constexpr std::u32string_view letters = U"\\'\"abfnrtv", meanings = U"\\'\"\a\b\f\n\r\t\v";
    const std::size_t i = letters.find(c);
    return i == letters.npos ? 0 : meanings[i];
}

// Up to `most` digits at `at`, which moves behind them; nothing where one is missing and `most` are needed.
char32_t codeAt(std::u32string_view text, std::size_t& at, int base, int most, int least)
{
    char32_t code = 0;
    int count = 0;
    for (; count < most && at < text.size() && digitOf(text[at]) < base; ++at, ++count)
        code = code * char32_t(base) + char32_t(digitOf(text[at]));
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return count < least || code > 0x10FFFF || surrogate ? 0xFFFD : code;
}

// The text that a literal stands for; `body` is what is between its quotes.
std::u32string unescaped(std::u32string_view body)
{
    std::u32string text;
    for (std::size_t at = 0; at < body.size();) {
        if (body[at] != U'\\' || at + 1 == body.size()) {
            text.push_back(body[at++]);
            continue;
        }
        const char32_t letter = body[at + 1];
        at += 2;
        if (letter == U'\n') continue;
        if (const char32_t meaning = shortEscape(letter)) {
            text.push_back(meaning);
        } else if (letter == U'x' || letter == U'u' || letter == U'U') {
            const int count = letter == U'x' ? 2 : letter == U'u' ? 4 : 8;
            text.push_back(codeAt(body, at, 16, count, count));
        } else if (digitOf(letter) < 8) {
            text.push_back(codeAt(body, --at, 8, 3, 1));
        } else {
            text += {U'\\', letter};
        }
    }
    return text;
}

} // namespace

bool WordLexer::ends() const
{
    if (!m_open.empty()) return false;
    const std::u32string_view rest = m_source.substr(m_at);
    if (rest.starts_with(m_end)) return true;
    const bool sign = rest.starts_with(U'-') || (rest.starts_with(U'+') && m_end == U"%}");
    return sign && rest.substr(1).starts_with(m_end);
}

void WordLexer::run()
{
    const int line = m_line;
    while (true) {
        while (m_at < m_source.size() && isSpace(m_source[m_at])) m_line += m_source[m_at++] == U'\n' ? 1 : 0;
        if (m_at == m_source.size()) {
            m_line = line;
            refuse("a tag that begins here has no end, \"" + toUtf8(m_end) + "\"");
        }
        if (ends()) return;
        next();
    }
}

void WordLexer::next()
{
    const char32_t c = m_source[m_at];
    if (isDigit(c))
        number();
    else if (c == U'\'' || c == U'"')
        string();
    else if (isWordCharacter(c))
        name();
    else
        symbol();
}

void WordLexer::name()
{
    Word word{TokenKind::Name, m_line};
    while (m_at < m_source.size() && isWordCharacter(m_source[m_at])) appendUtf8(word.name, m_source[m_at++]);
    m_words.push_back(std::move(word));
}

// Digits with single underscores between them.
std::string WordLexer::digits(int base)
{
    std::string text;
    while (digitOf(at(0)) < base || (at(0) == U'_' && digitOf(at(1)) < base)) {
        if (at(0) != U'_') text.push_back(char(at(0)));
        ++m_at;
    }
    return text;
}

// ".5" and "e-3" behind the first digits; true where there is one.
bool WordLexer::fraction(std::string& text)
{
    const bool point = at(0) == U'.' && isDigit(at(1));
    if (point) {
        ++m_at;
        text += "." + digits(10);
    }
    const bool sign = at(1) == U'+' || at(1) == U'-';
    if ((at(0) | 0x20U) != U'e' || !isDigit(at(sign ? 2 : 1))) return point;
    text += {'e', sign ? char(at(1)) : '+'};
    m_at += sign ? 2 : 1;
    text += digits(10);
    return true;
}

void WordLexer::number()
{
    Word word{TokenKind::Integer, m_line};
    const char32_t mark = at(0) == U'0' ? at(1) | 0x20U : 0;
    const int base = mark == U'x' ? 16 : mark == U'o' ? 8 : mark == U'b' ? 2 : 10;
    if (base != 10) m_at += 2;
    std::string text = digits(base);
    if (base == 10 && fraction(text)) word.kind = TokenKind::Real;
    const char* const end = text.data() + text.size();
    const auto result = word.kind == TokenKind::Real ? std::from_chars(text.data(), end, word.real)
                                                     : std::from_chars(text.data(), end, word.integer, base);
    if (result.ec != std::errc() || result.ptr != end) refuse("a number is none, or beyond 64 bits");
    m_words.push_back(std::move(word));
}

void WordLexer::string()
{
    const char32_t quote = at(0);
    const std::size_t from = ++m_at;
    while (m_at < m_source.size() && m_source[m_at] != quote) m_at += m_source[m_at] == U'\\' ? 2 : 1;
    if (m_at >= m_source.size()) refuse("a text that begins here has no closing quote");
    const std::u32string_view body = m_source.substr(from, m_at - from);
    m_words.push_back({TokenKind::String, m_line, {}, unescaped(body)});
    for (const char32_t c : body) m_line += c == U'\n' ? 1 : 0;
    ++m_at;
}

void WordLexer::bracket(char symbol)
{
    static constexpr std::string_view opening = "([{", closing = ")]}";
    if (opening.find(symbol) != opening.npos) {
        if (m_open.size() == deepestBrackets) refuse("brackets are nested too deep");
        m_open.push_back(closing[opening.find(symbol)]);
    } else if (closing.find(symbol) != closing.npos) {
        if (m_open.empty()) refuse(std::string("unexpected '") + symbol + "'");
        if (m_open.back() != symbol)
            refuse(std::string("unexpected '") + symbol + "', expected '" + m_open.back() + "'");
        m_open.pop_back();
    }
}

void WordLexer::symbol()
{
    static constexpr std::array<std::string_view, 26> known{"//", "**", "==", "!=", ">=", "<=", "+", "-", "/",
                                                            "*",  "%",  "~",  "[",  "]",  "(",  ")", "{", "}",
                                                            ">",  "<",  "=",  ".",  ":",  "|",  ",", ";"};
    for (const std::string_view candidate : known) {
        if (char32_t(candidate[0]) != at(0) || (candidate.size() == 2 && char32_t(candidate[1]) != at(1))) continue;
        bracket(candidate[0]);
        m_words.push_back({TokenKind::Symbol, m_line, std::string(candidate)});
        m_at += candidate.size();
        return;
    }
    refuse("unexpected character '" + toUtf8(m_source.substr(m_at, 1)) + "'");
}

} // namespace headlens::text::chat
