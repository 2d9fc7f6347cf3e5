// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of texts. What is no text is printed first, as Jinja does.
#include "core/text/chat/items.h"
#include "core/text/chat/libraries.h"
#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"
#include "core/text/chat/text_tools.h"
#include "core/text/unicode.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

Value toText(const Call& call)
{
    return printed(call.run.budget, call.self);
}

std::u32string printedText(const Call& call, const Value& value)
{
    return *textOf(printed(call.run.budget, value));
}

template <Case wanted>
Value cased(const Call& call)
{
    return kept(call.run.budget, inCase(printedText(call, call.self), wanted));
}

Value capitalize(const Call& call)
{
    return kept(call.run.budget, capitalized(printedText(call, call.self)));
}

// Every word begins behind space, a hyphen or an opening bracket.
Value title(const Call& call)
{
    static constexpr std::u32string_view brackets = U"-({[<";
    const std::u32string text = printedText(call, call.self);
    const auto begins = [&](std::size_t i) { return isSpace(text[i]) || brackets.find(text[i]) != brackets.npos; };
    std::u32string result;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        while (end < text.size() && !begins(end)) ++end;
        const std::u32string_view word = std::u32string_view(text).substr(begin, end - begin);
        if (!word.empty()) result += inCase(word.substr(0, 1), Case::Upper) + inCase(word.substr(1), Case::Lower);
        if (end < text.size()) result.push_back(text[end++]);
        begin = end;
    }
    return kept(call.run.budget, result);
}

Value trim(const Call& call)
{
    const bool given = call.has(0) && !isNone(call[0]);
    const Value text = toText(call);
    call.run.budget.work(textOf(text)->size());
    return kept(call.run.budget, strippedOf(*textOf(text), given ? &call.text(0) : nullptr, true, true));
}

Value replace(const Call& call)
{
    const bool all = !call.has(2) || isNone(call[2]);
    return replaced(call.run.budget, printedText(call, call.self), printedText(call, call[0]),
                    printedText(call, call[1]), all ? -1 : call.integer(2, -1));
}

Value escape(const Call& call)
{
    static constexpr std::array<std::pair<char32_t, std::string_view>, 5> marks{
        {{U'&', "&amp;"}, {U'<', "&lt;"}, {U'>', "&gt;"}, {U'"', "&#34;"}, {U'\'', "&#39;"}}};
    TextBuilder result(call.run.budget);
    for (const char32_t c : printedText(call, call.self)) {
        const auto* mark = std::ranges::find(marks, c, &std::pair<char32_t, std::string_view>::first);
        mark == marks.end() ? result.add(c) : result.add(mark->second);
    }
    return result.take();
}

std::u32string indentOf(const Call& call, std::size_t i, std::int64_t fallback)
{
    if (call.has(i) && textOf(call[i])) return call.text(i);
    const auto width = std::size_t(std::max<std::int64_t>(call.integer(i, fallback), 0));
    call.run.budget.makeText(width);
    return std::u32string(width, U' ');
}

Value indent(const Call& call)
{
    const std::u32string space = indentOf(call, 0, 4), text = printedText(call, call.self);
    const bool first = call.flag(1, false), blank = call.flag(2, false);
    TextBuilder result(call.run.budget);
    const auto lines = linesOf(text, false);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) result.add(U'\n');
        if (i == 0 ? first : blank || !lines[i].empty()) result.add(space);
        result.add(lines[i]);
    }
    // Jinja adds a newline before it cuts lines: an end of line is kept, and an empty text gets its indent.
    const bool ended = !text.empty() && linesOf(std::u32string_view(text).substr(text.size() - 1), false)[0].empty();
    if (ended) result.add(U'\n');
    if (ended && blank) result.add(space);
    if (lines.empty() && first) result.add(space);
    return result.take();
}

Value format(const Call& call)
{
    return formatted(call.run.budget, printedText(call, call.self), call.given.positional);
}

Value countWords(const Call& call)
{
    std::int64_t words = 0;
    bool inside = false;
    for (const char32_t c : printedText(call, call.self)) {
        const bool word = isWordCharacter(c);
        words += word && !inside ? 1 : 0;
        inside = word;
    }
    return words;
}

Value encodeUrl(const Call& call)
{
    static constexpr std::string_view plain = "-._~/", digits = "0123456789ABCDEF";
    TextBuilder result(call.run.budget);
    for (const char byte : toUtf8(printedText(call, call.self))) {
        const auto code = static_cast<unsigned char>(byte);
        const bool kept = code < 0x80 && (isWordCharacter(code) || plain.find(byte) != plain.npos);
        result.add(kept ? std::string(1, byte) : std::string{'%', digits[code >> 4U], digits[code & 15U]});
    }
    return result.take();
}

// The tojson of transformers: without escapes for HTML.
Value toJson(const Call& call)
{
    JsonStyle style;
    style.ascii = call.flag(0, false);
    style.sorted = call.flag(3, false);
    if (call.has(1) && !isNone(call[1])) {
        style.indent = indentOf(call, 1, 0);
        style.item = U",";
    }
    if (call.has(2) && !isNone(call[2])) {
        const ListPtr separators = itemsOf(call.run, call[2]);
        if (separators->items.size() != 2) fail("separators are two texts");
        style.item = printedText(call, separators->items[0]);
        style.key = printedText(call, separators->items[1]);
    }
    TextBuilder result(call.run.budget);
    printJson(result, call.self, style);
    return result.take();
}

constexpr std::array<Row, 15> rows{{
    {"string", toText},
    {"safe", toText}, // nothing is escaped unless a template says so
    {"upper", cased<Case::Upper>},
    {"lower", cased<Case::Lower>},
    {"capitalize", capitalize},
    {"title", title},
    {"trim", trim, {"chars"}},
    {"replace", replace, {"old", "new", "count"}, 2},
    {"escape", escape},
    {"e", escape},
    {"indent", indent, {"width", "first", "blank"}},
    {"format", format, {}, 0, true},
    {"wordcount", countWords},
    {"urlencode", encodeUrl},
    {"tojson", toJson, {"ensure_ascii", "indent", "separators", "sort_keys"}},
}};

} // namespace

std::span<const Row> textFilters()
{
    return rows;
}

} // namespace headlens::text::chat
