// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace headlens::text {
namespace {

constexpr char32_t replacement = 0xFFFD;

// One code point at `at`, which moves behind it. Table 3-7 of the Unicode Standard narrows the second byte.
char32_t decodeOne(std::string_view bytes, std::size_t& at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned lead = byte(at++);
    if (lead < 0x80) return lead;
    if (lead < 0xC2 || lead > 0xF4) return replacement;
    const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    unsigned low = 0x80, high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    char32_t value = lead & (0x3FU >> more);
    for (int i = 0; i < more; ++i) {
        if (at >= bytes.size() || byte(at) < low || byte(at) > high) return replacement;
        value = (value << 6) | (byte(at++) & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return value;
}

UGraphemeClusterBreak breakOf(char32_t c)
{
    return UGraphemeClusterBreak(u_getIntPropertyValue(UChar32(c), UCHAR_GRAPHEME_CLUSTER_BREAK));
}

bool isControl(UGraphemeClusterBreak b)
{
    return b == U_GCB_CONTROL || b == U_GCB_CR || b == U_GCB_LF;
}

// Hangul syllables: rules GB6 to GB8.
bool joinsHangul(UGraphemeClusterBreak a, UGraphemeClusterBreak b)
{
    if (a == U_GCB_L) return b == U_GCB_L || b == U_GCB_V || b == U_GCB_LV || b == U_GCB_LVT;
    if (a == U_GCB_LV || a == U_GCB_V) return b == U_GCB_V || b == U_GCB_T;
    return (a == U_GCB_LVT || a == U_GCB_T) && b == U_GCB_T;
}

} // namespace

std::u32string decodeUtf8(std::string_view bytes)
{
    std::u32string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) text.push_back(decodeOne(bytes, at));
    text.shrink_to_fit();
    return text;
}

void appendUtf8(std::string& target, char32_t c)
{
    const auto put = [&](char32_t byte) { target.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::string toUtf8(std::u32string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (const char32_t c : text) appendUtf8(bytes, c);
    return bytes;
}

bool isAscii(std::u32string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
}

bool isWhitespace(char32_t c)
{
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
    return u_isUWhiteSpace(UChar32(c));
}

bool isLetter(char32_t c)
{
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return (U_GET_GC_MASK(UChar32(c)) & U_GC_L_MASK) != 0;
}

bool isCapital(char32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    return (U_GET_GC_MASK(UChar32(c)) & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
}

bool isSmallLetter(char32_t c)
{
    if (c < 0x80) return c >= 'a' && c <= 'z';
    return u_charType(UChar32(c)) == U_LOWERCASE_LETTER;
}

bool isCombining(char32_t c)
{
    return c >= 0x300 && (U_GET_GC_MASK(UChar32(c)) & U_GC_M_MASK) != 0;
}

bool isNumber(char32_t c)
{
    if (c < 0x80) return c >= '0' && c <= '9';
    return (U_GET_GC_MASK(UChar32(c)) & U_GC_N_MASK) != 0;
}

bool isAssignedIn(char32_t c, int version)
{
    UVersionInfo age{};
    u_charAge(UChar32(c), age);
    return age[0] > 0 && age[0] <= version;
}

// The reference tells marks, punctuation and controls by tables of Unicode 9 and 8; a few characters changed their kind
// since.
bool isMark(char32_t c)
{
    if (c == 0x1CF2 || c == 0x1CF3) return true;
    return c >= 0x300 && c != 0x111C9 && (U_GET_GC_MASK(UChar32(c)) & U_GC_M_MASK) != 0 && isAssignedIn(c, 9);
}

bool isNonSpacingMark(char32_t c)
{
    if (c == 0x1734) return true;
    if (c < 0x300 || c == 0x1885 || c == 0x1886 || c == 0xA9BD || c == 0x111C9) return false;
    return u_charType(UChar32(c)) == U_NON_SPACING_MARK && isAssignedIn(c, 8);
}

bool isPunctuation(char32_t c)
{
    if (c < 0x80) return c > ' ' && c < 0x7F && !isLetter(c) && !isNumber(c);
    if (c == 0x166D || c == 0x111C9) return true;
    return (U_GET_GC_MASK(UChar32(c)) & U_GC_P_MASK) != 0 && isAssignedIn(c, 8);
}

bool isOther(char32_t c)
{
    if (c < 0x80) return c < ' ' || c == 0x7F;
    const auto kinds = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK;
    return (U_GET_GC_MASK(UChar32(c)) & kinds) != 0 && isAssignedIn(c, 8);
}

bool isWordCharacter(char32_t c)
{
    if (c < 0x80) return isLetter(c) || isNumber(c) || c == '_';
    if (c == 0x200C || c == 0x200D) return true; // the joiners
    return u_isUAlphabetic(UChar32(c)) ||
           (U_GET_GC_MASK(UChar32(c)) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0;
}

bool isChinese(char32_t c)
{
    struct Block {
        char32_t first, last;
    };
    static constexpr std::array<Block, 8> blocks{{{0x4E00, 0x9FFF},
                                                  {0x3400, 0x4DBF},
                                                  {0x20000, 0x2A6DF},
                                                  {0x2A700, 0x2B73F},
                                                  {0x2B740, 0x2B81F},
                                                  {0x2B920, 0x2CEAF},
                                                  {0xF900, 0xFAFF},
                                                  {0x2F800, 0x2FA1F}}};
    if (c < 0x3400) return false;
    return std::any_of(blocks.begin(), blocks.end(), [c](const Block& b) { return c >= b.first && c <= b.last; });
}

LowerCase lowerCase(char32_t c)
{
    if (c < 0x80) return {c >= 'A' && c <= 'Z' ? c + 32 : c, 0};
    if (c == 0x130) return {'i', 0x307};
    return {char32_t(u_tolower(UChar32(c))), 0};
}

std::size_t graphemeEnd(std::u32string_view text, std::size_t begin)
{
    std::size_t at = begin + 1;
    if (at >= text.size()) return text.size();
    if (text[begin] < 0x80 && text[at] < 0x80) return text[begin] == '\r' && text[at] == '\n' ? at + 1 : at;
    UGraphemeClusterBreak last = breakOf(text[begin]);
    bool pictograph = u_hasBinaryProperty(UChar32(text[begin]), UCHAR_EXTENDED_PICTOGRAPHIC);
    int flags = last == U_GCB_REGIONAL_INDICATOR ? 1 : 0;
    for (; at < text.size(); ++at) {
        const UGraphemeClusterBreak next = breakOf(text[at]);
        const bool nextPictograph = u_hasBinaryProperty(UChar32(text[at]), UCHAR_EXTENDED_PICTOGRAPHIC);
        if (last == U_GCB_CR && next == U_GCB_LF) return at + 1;
        if (isControl(last) || isControl(next)) return at;
        const bool extends = next == U_GCB_EXTEND || next == U_GCB_ZWJ || next == U_GCB_SPACING_MARK;
        const bool emoji = pictograph && last == U_GCB_ZWJ && nextPictograph;
        const bool flagPair = next == U_GCB_REGIONAL_INDICATOR && last == U_GCB_REGIONAL_INDICATOR && flags == 1;
        if (!extends && !emoji && !flagPair && last != U_GCB_PREPEND && !joinsHangul(last, next)) return at;
        flags += next == U_GCB_REGIONAL_INDICATOR ? 1 : 0;
        // GB11 wants the pictograph followed by Extend characters only.
        pictograph = nextPictograph || (pictograph && (next == U_GCB_EXTEND || next == U_GCB_ZWJ));
        last = next;
    }
    return at;
}

} // namespace headlens::text
