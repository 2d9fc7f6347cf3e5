// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/scanners.h"

#include "core/text/unicode.h"

#include <algorithm>
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

// (?i:'s|'t|'re|'ve|'m|'ll|'d): the long s folds to s, no other letter folds to one of these.
std::size_t foldedContraction(std::u32string_view text, std::size_t begin)
{
    std::u32string folded(text.substr(begin, 3));
    for (char32_t& c : folded) c = c == 0x17F ? U's' : c < 0x80 ? lowerCase(c).first : c;
    return folded.empty() ? begin : begin + contraction(folded, 0);
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

bool isLineEnd(char32_t c)
{
    return c == U'\r' || c == U'\n';
}

bool isLineEndOrSlash(char32_t c)
{
    return isLineEnd(c) || c == U'/';
}

bool isLetterOrMark(char32_t c)
{
    return isLetter(c) || isCombining(c);
}

// \s*[\r\n]+|\s+(?!\S)|\s+ at a space.
std::size_t scanLines(std::u32string_view text, std::size_t begin)
{
    const std::size_t end = run(text, begin, isWhitespace);
    for (std::size_t at = end; at > begin; --at)
        if (isLineEnd(text[at - 1])) return at;
    // \s+(?!\S) leaves the last space to the word behind it, unless it is the only one.
    return end < text.size() && end - begin > 1 ? end - 1 : end;
}

// What the expressions of today's language models have in common behind their words.
template <std::size_t Digits>
std::size_t scanRest(std::u32string_view text, std::size_t begin, bool (*symbol)(char32_t), bool (*behind)(char32_t))
{
    if (isNumber(text[begin])) return run(text.substr(0, std::min(text.size(), begin + Digits)), begin, isNumber);
    const std::size_t first = text[begin] == U' ' && begin + 1 < text.size() ? begin + 1 : begin;
    if (symbol(text[first])) return run(text, run(text, first, symbol), behind);
    return scanLines(text, begin);
}

// [^\r\n\p{L}\p{N}]: what may stand before a word and belong to it.
bool mayLead(char32_t c)
{
    return !isLineEnd(c) && !isLetter(c) && !isNumber(c);
}

// [^\r\n\p{L}\p{N}]?\p{L}+, or `begin`.
template <class Letter>
std::size_t scanLedWord(std::u32string_view text, std::size_t begin, Letter letter)
{
    if (letter(text[begin])) return run(text, begin + 1, letter);
    const bool led = mayLead(text[begin]) && begin + 1 < text.size() && letter(text[begin + 1]);
    return led ? run(text, begin + 2, letter) : begin;
}

// [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}] and [\p{Ll}\p{Lm}\p{Lo}\p{M}]: they share the letters without case, and marks.
bool isUpperLike(char32_t c)
{
    return isLetterOrMark(c) && !isSmallLetter(c);
}
bool isLowerLike(char32_t c)
{
    return isLetterOrMark(c) && !isCapital(c);
}

// Upper* Lower+ with its way back: of an upper run with nothing lower behind it, what ends with a shared character.
std::size_t scanUpperThenLower(std::u32string_view text, std::size_t begin)
{
    const std::size_t upper = run(text, begin, isUpperLike), end = run(text, upper, isLowerLike);
    if (end > upper) return end;
    for (std::size_t at = upper; at > begin; --at)
        if (isLowerLike(text[at - 1])) return at;
    return begin;
}

std::size_t scanCasedWord(std::u32string_view text, std::size_t begin)
{
    const bool led = mayLead(text[begin]) && begin + 1 < text.size();
    if (led)
        if (const std::size_t end = scanUpperThenLower(text, begin + 1); end > begin + 1) return end;
    if (const std::size_t end = scanUpperThenLower(text, begin); end > begin) return end;
    // Nothing lower is left, so Upper+ Lower* ends with its upper run.
    const std::size_t end = led ? run(text, begin + 1, isUpperLike) : begin;
    return end > begin + 1 ? end : run(text, begin, isUpperLike);
}

template <std::size_t Digits, class Letter>
std::size_t scanLlama(std::u32string_view text, std::size_t begin, Letter letter, bool (*symbol)(char32_t))
{
    if (text[begin] == U'\'')
        if (const std::size_t end = foldedContraction(text, begin); end > begin) return end;
    if (const std::size_t end = scanLedWord(text, begin, letter); end > begin) return end;
    return scanRest<Digits>(text, begin, symbol, isLineEnd);
}

} // namespace

std::size_t scanLlama3(std::u32string_view text, std::size_t begin)
{
    return scanLlama<3>(text, begin, isLetter, isSymbol);
}

std::size_t scanQwen2(std::u32string_view text, std::size_t begin)
{
    return scanLlama<1>(text, begin, isLetter, isSymbol);
}

std::size_t scanQwen35(std::u32string_view text, std::size_t begin)
{
    return scanLlama<1>(text, begin, isLetterOrMark, [](char32_t c) { return isSymbol(c) && !isCombining(c); });
}

std::size_t scanGpt4o(std::u32string_view text, std::size_t begin)
{
    const std::size_t end = scanCasedWord(text, begin);
    if (end == begin) return scanRest<3>(text, begin, isSymbol, isLineEndOrSlash);
    return end < text.size() && text[end] == U'\'' ? foldedContraction(text, end) : end;
}

std::size_t scanTekken(std::u32string_view text, std::size_t begin)
{
    const std::size_t end = scanCasedWord(text, begin);
    return end > begin ? end : scanRest<1>(text, begin, isSymbol, isLineEndOrSlash);
}

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
    static constexpr std::array<std::pair<std::string_view, Scanner>, 12> known{{
        {gpt2Expression, scanGpt2},
        {R"('(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", scanGpt2},
        {R"('s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)", scanClip},
        {llama3Expression, scanLlama3},
        {qwen2Expression, scanQwen2},
        {qwen35Expression, scanQwen35},
        {gpt4oExpression, scanGpt4o},
        {tekkenExpression, scanTekken},
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
