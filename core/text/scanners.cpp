// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/scanners.h"

#include "core/text/unicode.h"

#include <array>
#include <utility>

namespace headlens::text {
namespace {

bool isSymbol(char32_t c)
{
    return !isWhitespace(c) && !isLetter(c) && !isNumber(c);
}

template <class Test>
std::size_t run(std::u32string_view text, std::size_t at, Test test)
{
    while (at < text.size() && test(text[at])) ++at;
    return at;
}

// 's|'t|'re|'ve|'m|'ll|'d
std::size_t contraction(std::u32string_view text, std::size_t begin)
{
    if (text[begin] != U'\'' || begin + 1 >= text.size()) return begin;
    const char32_t first = text[begin + 1];
    if (first == U's' || first == U't' || first == U'm' || first == U'd') return begin + 2;
    if (begin + 2 >= text.size()) return begin;
    const char32_t second = text[begin + 2];
    const bool two =
        (first == U'r' && second == U'e') || (first == U'v' && second == U'e') || (first == U'l' && second == U'l');
    return two ? begin + 3 : begin;
}

// '...|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
std::size_t scanClip(std::u32string_view text, std::size_t begin)
{
    if (const std::size_t end = contraction(text, begin); end > begin) return end;
    if (isLetter(text[begin])) return run(text, begin, isLetter);
    if (isNumber(text[begin])) return begin + 1;
    return run(text, begin, isSymbol);
}

std::size_t scanSpaces(std::u32string_view text, std::size_t begin)
{
    return run(text, begin, isWhitespace);
}

// " {2,}"
std::size_t scanBlanks(std::u32string_view text, std::size_t begin)
{
    const std::size_t end = run(text, begin, [](char32_t c) { return c == U' '; });
    return end - begin >= 2 ? end : begin;
}

} // namespace

std::size_t scanGpt2(std::u32string_view text, std::size_t begin)
{
    if (const std::size_t end = contraction(text, begin); end > begin) return end;
    const bool blank = text[begin] == U' ' && begin + 1 < text.size();
    const std::size_t first = blank ? begin + 1 : begin;
    if (isLetter(text[first])) return run(text, first, isLetter);
    if (isNumber(text[first])) return run(text, first, isNumber);
    if (!isWhitespace(text[first])) return run(text, first, isSymbol);
    const std::size_t end = run(text, begin, isWhitespace);
    // \s+(?!\S) leaves the last space to the word behind it, unless it is the only one.
    return end < text.size() && end - begin > 1 ? end - 1 : end;
}

std::size_t scanWords(std::u32string_view text, std::size_t begin)
{
    if (isWordCharacter(text[begin])) return run(text, begin, isWordCharacter);
    return run(text, begin, [](char32_t c) { return !isWordCharacter(c) && !isWhitespace(c); });
}

Scanner scannerOf(std::string_view expression)
{
    static constexpr std::array<std::pair<std::string_view, Scanner>, 7> known{{
        {R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", scanGpt2},
        {R"('(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", scanGpt2},
        {R"('s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)", scanClip},
        {R"(\s+)", scanSpaces},
        {R"( {2,})", scanBlanks},
        {R"([ ]{2,})", scanBlanks},
        {R"(\w+|[^\w\s]+)", scanWords},
    }};
    for (const auto& [text, scanner] : known)
        if (text == expression) return scanner;
    return nullptr;
}

} // namespace headlens::text
