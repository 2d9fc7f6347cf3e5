// SPDX-License-Identifier: GPL-3.0-or-later
// Unicode as the reference tokenizers see it: UTF-8 to code points and back, properties, lower case. Tables are ICU's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace headlens::text {

// Code points of `bytes`. Each maximal subpart of an ill-formed sequence becomes one U+FFFD (Unicode 15, section 3.9).
std::u32string decodeUtf8(std::string_view bytes);

void appendUtf8(std::string& target, char32_t c);
std::string toUtf8(std::u32string_view text);
constexpr std::size_t utf8Length(char32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

bool isAscii(std::u32string_view text);

bool isWhitespace(char32_t c);              // the property White_Space
bool isLetter(char32_t c);                  // \p{L}
bool isCapital(char32_t c);                 // \p{Lu}, \p{Lt}
bool isSmallLetter(char32_t c);             // \p{Ll}
bool isNumber(char32_t c);                  // \p{N}
bool isCombining(char32_t c);               // \p{M}
bool isAssignedIn(char32_t c, int version); // of Unicode, or before
bool isMark(char32_t c);                    // \p{M} of Unicode 9
bool isNonSpacingMark(char32_t c);          // \p{Mn}
bool isPunctuation(char32_t c);             // \p{P} and all of ASCII's punctuation and symbols, as BERT wants it
bool isOther(char32_t c);                   // \p{Cc}, \p{Cf}, \p{Co}
bool isWordCharacter(char32_t c);           // \w
bool isChinese(char32_t c);                 // the blocks BERT puts spaces around

// The lower case of one character without its context; only U+0130 has two: `second` is then not 0.
struct LowerCase {
    char32_t first, second;
};
LowerCase lowerCase(char32_t c);

// The end of the extended grapheme cluster that begins at `begin` (UAX 29, rules GB3 to GB13).
std::size_t graphemeEnd(std::u32string_view text, std::size_t begin);

} // namespace headlens::text
