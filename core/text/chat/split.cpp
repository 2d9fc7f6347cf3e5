// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/split.h"

#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"
#include "core/text/chat/text_tools.h"
#include "core/text/unicode.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

struct Cut {
    std::size_t begin, end; // of a separator
};

std::vector<Cut> cutsAt(Budget& budget, std::u32string_view text, std::u32string_view separator, bool fromRight)
{
    std::vector<Cut> cuts;
    if (fromRight) {
        // The same from the left in the mirrored text, so that "aaa".rsplit("aa") cuts at the right.
        std::u32string mirrored(text.rbegin(), text.rend()), wanted(separator.rbegin(), separator.rend());
        for (const Cut& cut : cutsAt(budget, mirrored, wanted, false))
            cuts.push_back({text.size() - cut.end, text.size() - cut.begin});
        return cuts;
    }
    for (std::size_t at = 0; (at = find(budget, text, separator, at)) != text.npos; at += separator.size())
        cuts.push_back({at, at + separator.size()});
    return cuts;
}

// Runs of space between words.
std::vector<Cut> spacesIn(std::u32string_view text, bool fromRight)
{
    std::vector<Cut> cuts;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isSpace(text[end])) ++end;
        if (end > at) cuts.push_back({at, end});
        at = std::max(end, at + 1);
    }
    if (fromRight) std::ranges::reverse(cuts);
    return cuts;
}

// "name", "0", or "" for the next one.
const Value& fieldOf(const Arguments& given, const std::string& field, std::size_t& next)
{
    const auto named = std::ranges::find(given.named, field, &std::pair<std::string, Value>::first);
    if (named != given.named.end()) return named->second;
    const bool number = !field.empty() && field.size() < 4 &&
                        std::ranges::all_of(field, [](char digit) { return digit >= '0' && digit <= '9'; });
    const std::size_t place = field.empty() ? next++ : number ? std::size_t(std::stoi(field)) : SIZE_MAX;
    if (place >= given.positional.size())
        fail("a format names '" + field.substr(0, 60) + "', which is not given, or not known here");
    return given.positional[place];
}

} // namespace

Value splitText(Budget& budget, std::u32string_view text, const std::u32string* separator, std::int64_t most,
                bool fromRight)
{
    if (separator && separator->empty()) fail("empty separator");
    budget.work(text.size());
    // The sides that a split at space drops; of a limited one the rest keeps its other side.
    if (!separator) text = stripped(text, !fromRight || most < 0, fromRight || most < 0);
    auto cuts = separator ? cutsAt(budget, text, *separator, fromRight) : spacesIn(text, fromRight);
    if (most >= 0 && std::size_t(most) < cuts.size()) cuts.resize(std::size_t(most));
    if (fromRight) std::ranges::reverse(cuts);
    ListBuilder parts(budget);
    std::size_t at = 0;
    for (const auto& [begin, end] : cuts) {
        parts.add(kept(budget, text.substr(at, begin - at)));
        at = end;
    }
    if (separator || at < text.size()) parts.add(kept(budget, text.substr(at)));
    return parts.take();
}

Value partitionText(Budget& budget, const Value& text, const std::u32string& separator, bool fromRight)
{
    if (separator.empty()) fail("empty separator");
    const std::u32string_view whole = *textOf(text);
    const std::vector<Cut> cuts = cutsAt(budget, whole, separator, fromRight);
    ListBuilder parts(budget, Sequence::Tuple);
    const Value nothing = makeText(std::u32string());
    if (cuts.empty()) {
        for (const bool place : {!fromRight, false, fromRight}) parts.add(place ? text : nothing);
    } else {
        parts.add(kept(budget, whole.substr(0, cuts[0].begin)));
        parts.add(makeText(separator));
        parts.add(kept(budget, whole.substr(cuts[0].end)));
    }
    return parts.take();
}

Value formatBraces(const Call& call)
{
    const std::u32string_view form = *textOf(call.self);
    TextBuilder result(call.run.budget);
    std::size_t next = 0;
    for (std::size_t at = 0; at < form.size();) {
        const char32_t c = form[at++];
        const bool brace = c == U'{' || c == U'}', twice = at < form.size() && form[at] == c;
        if (!brace || twice) {
            result.add(c);
            at += brace ? 1 : 0;
            continue;
        }
        const std::size_t end = form.find(U'}', at);
        if (c == U'}' || end == form.npos) fail("a single brace in a format");
        print(result, fieldOf(call.given, toUtf8(form.substr(at, end - at)), next));
        at = end + 1;
    }
    return result.take();
}

} // namespace headlens::text::chat
