// SPDX-License-Identifier: GPL-3.0-or-later
// Methods of texts, as Python's str has them.
#include "core/text/chat/items.h"
#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"
#include "core/text/chat/split.h"
#include "core/text/chat/text_tools.h"
#include "core/text/unicode.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

const std::u32string& self(const Call& call)
{
    return *textOf(call.self);
}

// The text of a parameter that may be none or absent.
const std::u32string* optional(const Call& call, std::size_t i)
{
    return !call.has(i) || isNone(call[i]) ? nullptr : &call.text(i);
}

template <bool left, bool right>
Value strip(const Call& call)
{
    call.run.budget.work(self(call).size());
    return kept(call.run.budget, strippedOf(self(call), optional(call, 0), left, right));
}

template <bool fromRight>
Value split(const Call& call)
{
    return splitText(call.run.budget, self(call), optional(call, 0), call.integer(1, -1), fromRight);
}

template <bool fromRight>
Value partition(const Call& call)
{
    return partitionText(call.run.budget, call.self, call.text(0), fromRight);
}

Value splitLines(const Call& call)
{
    ListBuilder lines(call.run.budget);
    call.run.budget.work(self(call).size());
    for (const auto line : linesOf(self(call), call.flag(0, false))) lines.add(kept(call.run.budget, line));
    return lines.take();
}

// self[start:end] of the parameters `start` and the one behind it.
std::u32string_view part(const Call& call, std::size_t start)
{
    const auto size = std::int64_t(self(call).size());
    const auto place = [&](std::size_t i, std::int64_t fallback) {
        const std::int64_t given = call.has(i) && isNone(call[i]) ? fallback : call.integer(i, fallback);
        return std::clamp<std::int64_t>(given < 0 ? given + size : given, 0, size);
    };
    const std::int64_t begin = place(start, 0), end = std::max(place(start + 1, size), begin);
    return std::u32string_view(self(call)).substr(std::size_t(begin), std::size_t(end - begin));
}

// One text, or any of a tuple of them.
template <bool atEnd>
Value affixed(const Call& call)
{
    const std::u32string_view text = part(call, 1);
    const auto fits = [&](std::u32string_view affix) {
        call.run.budget.work(affix.size());
        return atEnd ? text.ends_with(affix) : text.starts_with(affix);
    };
    const auto* several = listOf(call[0]);
    if (!several) return fits(call.text(0));
    return std::ranges::any_of(several->items, [&](const Value& item) { return textOf(item) && fits(*textOf(item)); });
}

template <bool atEnd>
Value withoutAffix(const Call& call)
{
    const std::u32string_view text = self(call), affix = call.text(0);
    if (atEnd ? !text.ends_with(affix) : !text.starts_with(affix)) return call.self;
    return kept(call.run.budget, text.substr(atEnd ? 0 : affix.size(), text.size() - affix.size()));
}

std::int64_t place(const Call& call, bool last)
{
    const std::u32string_view within = part(call, 1), wanted = call.text(0);
    const std::int64_t offset = within.data() - self(call).data();
    std::size_t found = find(call.run.budget, within, wanted);
    for (std::size_t next = found; last && next != within.npos; next = find(call.run.budget, within, wanted, next + 1))
        found = next;
    return found == within.npos ? -1 : offset + std::int64_t(found);
}

template <bool last>
Value findText(const Call& call)
{
    return place(call, last);
}

template <bool last>
Value indexOf(const Call& call)
{
    const std::int64_t found = place(call, last);
    if (found < 0) fail("substring not found");
    return found;
}

Value count(const Call& call)
{
    const std::u32string_view within = part(call, 1), wanted = call.text(0);
    std::int64_t times = 0;
    for (std::size_t at = 0; (at = find(call.run.budget, within, wanted, at)) != within.npos; ++times)
        at += std::max<std::size_t>(wanted.size(), 1);
    return times;
}

template <Case wanted>
Value cased(const Call& call)
{
    return kept(call.run.budget, inCase(self(call), wanted));
}

template <Case wanted>
Value isCased(const Call& call)
{
    return isInCase(call.run.budget, call.self, wanted);
}

Value capitalize(const Call& call)
{
    return kept(call.run.budget, capitalized(self(call)));
}

Value title(const Call& call)
{
    return kept(call.run.budget, titled(self(call)));
}

Value replace(const Call& call)
{
    return replaced(call.run.budget, self(call), call.text(0), call.text(1), call.integer(2, -1));
}

Value join(const Call& call)
{
    const ListPtr items = itemsOf(call.run, call[0]);
    for (const Value& item : items->items)
        if (!textOf(item)) fail("sequence item: expected str instance, " + typeName(item) + " found");
    return joined(call.run.budget, items->items, self(call));
}

template <bool (*holds)(char32_t)>
Value everyCharacter(const Call& call)
{
    call.run.budget.work(self(call).size());
    return !self(call).empty() && std::ranges::all_of(self(call), holds);
}

bool isDigit(char32_t c)
{
    return isNumber(c) && c < 0x80 ? true : isNumber(c) && !isLetter(c) && !(c >= 0xBC && c <= 0xBE);
}

bool isLetterOrNumber(char32_t c)
{
    return isLetter(c) || isNumber(c);
}

enum class Side : std::uint8_t { Left, Right, Centre };

template <Side side>
Value padded(const Call& call)
{
    const std::u32string& text = self(call);
    const auto width = std::size_t(std::max<std::int64_t>(call.integer(0, 0), 0));
    const char32_t fill = call.has(1) && call.text(1).size() == 1 ? call.text(1)[0] : U' ';
    if (width <= text.size()) return call.self;
    call.run.budget.makeText(width);
    const std::size_t space = width - text.size();
    // Python puts the odd one to the left when the width is odd.
    const std::size_t before = side == Side::Left ? 0 : side == Side::Right ? space : space / 2 + (space & width & 1U);
    return makeText(std::u32string(before, fill) + text + std::u32string(space - before, fill));
}

Value zeroFill(const Call& call)
{
    const std::u32string& text = self(call);
    const auto width = std::size_t(std::max<std::int64_t>(call.integer(0, 0), 0));
    if (width <= text.size()) return call.self;
    call.run.budget.makeText(width);
    std::u32string filled(width - text.size(), U'0');
    const bool sign = text.starts_with(U'-') || text.starts_with(U'+');
    if (sign) filled.insert(0, 1, text.front());
    return makeText(filled + text.substr(sign ? 1 : 0));
}

constexpr std::array<Row, 37> rows{{
    {"strip", strip<true, true>, {"chars"}},
    {"lstrip", strip<true, false>, {"chars"}},
    {"rstrip", strip<false, true>, {"chars"}},
    {"split", split<false>, {"sep", "maxsplit"}},
    {"rsplit", split<true>, {"sep", "maxsplit"}},
    {"splitlines", splitLines, {"keepends"}},
    {"partition", partition<false>, {"sep"}, 1},
    {"rpartition", partition<true>, {"sep"}, 1},
    {"startswith", affixed<false>, {"prefix", "start", "end"}, 1},
    {"endswith", affixed<true>, {"suffix", "start", "end"}, 1},
    {"removeprefix", withoutAffix<false>, {"prefix"}, 1},
    {"removesuffix", withoutAffix<true>, {"suffix"}, 1},
    {"find", findText<false>, {"sub", "start", "end"}, 1},
    {"rfind", findText<true>, {"sub", "start", "end"}, 1},
    {"index", indexOf<false>, {"sub", "start", "end"}, 1},
    {"rindex", indexOf<true>, {"sub", "start", "end"}, 1},
    {"count", count, {"sub", "start", "end"}, 1},
    {"upper", cased<Case::Upper>},
    {"lower", cased<Case::Lower>},
    {"casefold", cased<Case::Lower>},
    {"title", title},
    {"capitalize", capitalize},
    {"replace", replace, {"old", "new", "count"}, 2},
    {"join", join, {"iterable"}, 1},
    {"isupper", isCased<Case::Upper>},
    {"islower", isCased<Case::Lower>},
    {"isspace", everyCharacter<isSpace>},
    {"isalpha", everyCharacter<isLetter>},
    {"isalnum", everyCharacter<isLetterOrNumber>},
    {"isdigit", everyCharacter<isDigit>},
    {"isdecimal", everyCharacter<isDigit>},
    {"isnumeric", everyCharacter<isNumber>},
    {"ljust", padded<Side::Left>, {"width", "fillchar"}, 1},
    {"rjust", padded<Side::Right>, {"width", "fillchar"}, 1},
    {"center", padded<Side::Centre>, {"width", "fillchar"}, 1},
    {"zfill", zeroFill, {"width"}, 1},
    {"format", formatBraces, {}, 0, true},
}};

} // namespace

std::span<const Row> textMethods()
{
    return rows;
}

} // namespace headlens::text::chat
