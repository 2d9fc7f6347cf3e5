// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/text_tools.h"

#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace headlens::text::chat {
namespace {

icu::UnicodeString toIcu(std::u32string_view text)
{
    return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), std::int32_t(text.size()));
}

std::u32string fromIcu(const icu::UnicodeString& text)
{
    std::u32string result(std::size_t(text.countChar32()), U'\0');
    UErrorCode failure = U_ZERO_ERROR;
    text.toUTF32(reinterpret_cast<UChar32*>(result.data()), std::int32_t(result.size()), failure);
    return result;
}

// The title case of one character: "ǆ" becomes "ǅ", "ß" "Ss".
std::u32string titleOf(char32_t c)
{
    icu::UnicodeString text{UChar32(c)};
    text.toTitle(nullptr, icu::Locale::getRoot());
    return fromIcu(text);
}

bool isCased(char32_t c)
{
    return u_hasBinaryProperty(UChar32(c), UCHAR_CASED) != 0;
}

bool endsLine(char32_t c)
{
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

} // namespace

std::u32string inCase(std::u32string_view text, Case wanted)
{
    icu::UnicodeString mapped = toIcu(text);
    wanted == Case::Lower ? mapped.toLower(icu::Locale::getRoot()) : mapped.toUpper(icu::Locale::getRoot());
    return fromIcu(mapped);
}

std::u32string capitalized(std::u32string_view text)
{
    if (text.empty()) return {};
    return titleOf(text.front()) + inCase(text.substr(1), Case::Lower);
}

std::u32string titled(std::u32string_view text)
{
    std::u32string result;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        while (end < text.size() && isCased(text[end])) ++end;
        if (end == begin)
            result.push_back(text[end++]);
        else
            result += capitalized(text.substr(begin, end - begin));
        begin = end;
    }
    return result;
}

bool isInCase(Budget& budget, const Value& value, Case wanted)
{
    const Value text = printed(budget, value);
    budget.work(textOf(text)->size());
    bool any = false;
    for (const char32_t c : *textOf(text)) {
        const bool lower = u_hasBinaryProperty(UChar32(c), UCHAR_LOWERCASE) != 0;
        if (!isCased(c)) continue;
        if (lower != (wanted == Case::Lower)) return false;
        any = true;
    }
    return any;
}

std::vector<std::u32string_view> linesOf(std::u32string_view text, bool ends)
{
    std::vector<std::u32string_view> lines;
    while (!text.empty()) {
        const auto size = std::size_t(std::ranges::find_if(text, endsLine) - text.begin());
        const bool pair = text.substr(size).starts_with(U"\r\n");
        const std::size_t whole = std::min(size + (pair ? 2 : 1), text.size());
        lines.push_back(text.substr(0, ends ? whole : size));
        text.remove_prefix(whole);
    }
    return lines;
}

std::u32string_view strippedOf(std::u32string_view text, const std::u32string* unwanted, bool left, bool right)
{
    if (!unwanted) return stripped(text, left, right);
    std::u32string sorted = *unwanted;
    std::ranges::sort(sorted);
    while (left && !text.empty() && std::ranges::binary_search(sorted, text.front())) text.remove_prefix(1);
    while (right && !text.empty() && std::ranges::binary_search(sorted, text.back())) text.remove_suffix(1);
    return text;
}

Value replaced(Budget& budget, std::u32string_view text, std::u32string_view old, std::u32string_view by,
               std::int64_t count)
{
    TextBuilder result(budget);
    std::size_t at = 0;
    while (count != 0) {
        const std::size_t place = find(budget, text, old, at);
        if (place == text.npos) break;
        result.add(text.substr(at, place - at));
        result.add(by);
        --count;
        at = place + old.size();
        if (!old.empty()) continue;
        if (at == text.size()) break;
        result.add(text[at++]);
    }
    result.add(text.substr(at));
    return result.take();
}

Value joined(Budget& budget, const std::vector<Value>& items, std::u32string_view separator)
{
    TextBuilder result(budget);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) result.add(separator);
        print(result, items[i]);
    }
    return result.take();
}

Value kept(Budget& budget, std::u32string_view text)
{
    budget.makeText(text.size());
    return makeText(std::u32string(text));
}

} // namespace headlens::text::chat
