// SPDX-License-Identifier: GPL-3.0-or-later
// Filters that do something with every item: map, select, reject and their like.
#include "core/text/chat/item_key.h"
#include "core/text/chat/items.h"
#include "core/text/chat/libraries.h"
#include "core/text/chat/text_tools.h"
#include "core/text/unicode.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

// A part of a path: "0" counts, other texts name.
Value stepOf(const std::u32string& part)
{
    std::int64_t number = 0;
    const bool digits = !part.empty() && part.size() < 10 &&
                        std::ranges::all_of(part, [](char32_t c) { return c >= U'0' && c <= U'9'; });
    for (std::size_t i = 0; digits && i < part.size(); ++i) number = number * 10 + std::int64_t(part[i] - U'0');
    return digits ? Value(number) : makeText(part);
}

// The arguments behind the first `skipped` ones.
Arguments rest(const Arguments& given, std::size_t skipped)
{
    Arguments rest = given;
    const std::size_t count = std::min(skipped, rest.positional.size());
    rest.positional.erase(rest.positional.begin(), rest.positional.begin() + std::ptrdiff_t(count));
    return rest;
}

std::string nameAt(const Call& call, std::size_t i)
{
    const auto* name = i < call.given.positional.size() ? textOf(call.given.positional[i]) : nullptr;
    if (!name) fail("a filter or test is named by a text");
    return toUtf8(*name);
}

// map(attribute="a.b", default=x)
Value mapAttribute(const Call& call)
{
    const auto named = [&](std::string_view name) -> const Value* {
        const auto found = std::ranges::find(call.given.named, name, &std::pair<std::string, Value>::first);
        return found == call.given.named.end() ? nullptr : &found->second;
    };
    const Value* path = named("attribute");
    if (!path) fail("map requires a filter argument");
    const ItemKey key(call.run, *path);
    ListBuilder mapped(call.run.budget, Sequence::Generator);
    const ListPtr items = itemsOf(call.run, call.self);
    for (const Value& item : items->items) {
        Value value = key.of(item);
        const Value* fallback = isUndefined(value) ? named("default") : nullptr;
        mapped.add(fallback ? *fallback : std::move(value));
    }
    return mapped.take();
}

// map("filter", arguments ...)
Value map(const Call& call)
{
    if (call.given.positional.empty()) return mapAttribute(call);
    const Row& filter = filterNamed(nameAt(call, 0));
    const Arguments arguments = rest(call.given, 1);
    ListBuilder mapped(call.run.budget, Sequence::Generator);
    const ListPtr items = itemsOf(call.run, call.self);
    const Budget::Level level(call.run.budget);
    for (const Value& item : items->items) mapped.add(filter.call(call.run, item, arguments));
    return mapped.take();
}

// select("test", arguments ...); selectattr("a.b", "test", arguments ...). Without a test: what is true.
template <bool wanted, bool ofAttribute>
Value choose(const Call& call)
{
    constexpr std::size_t before = ofAttribute ? 1 : 0;
    const auto& given = call.given.positional;
    if (given.size() < before) fail("Missing parameter for attribute name");
    const ItemKey key(call.run, ofAttribute ? given[0] : Value(None{}));
    const Row* test = given.size() > before ? &testNamed(nameAt(call, before)) : nullptr;
    const Arguments arguments = rest(call.given, before + 1);
    ListBuilder chosen(call.run.budget, Sequence::Generator);
    const ListPtr items = itemsOf(call.run, call.self);
    for (const Value& item : items->items) {
        call.run.budget.work();
        const Value looked = key.of(item);
        if (isTrue(test ? test->call(call.run, looked, arguments) : looked) == wanted) chosen.add(item);
    }
    return chosen.take();
}

constexpr std::array<Row, 5> rows{{{"map", map, {}, 0, true},
                                   {"select", choose<true, false>, {}, 0, true},
                                   {"reject", choose<false, false>, {}, 0, true},
                                   {"selectattr", choose<true, true>, {}, 0, true},
                                   {"rejectattr", choose<false, true>, {}, 0, true}}};

} // namespace

ItemKey::ItemKey(Run& run, const Value& path) : m_run(run)
{
    if (isNone(path)) return;
    const auto* text = textOf(path);
    if (!text) {
        m_steps.push_back(path);
        return;
    }
    run.budget.makeText(text->size());
    for (std::size_t at = 0; at <= text->size();) {
        const std::size_t end = std::min(text->find(U'.', at), text->size());
        m_steps.push_back(stepOf(text->substr(at, end - at)));
        at = end + 1;
    }
}

Value ItemKey::of(const Value& given) const
{
    Value value = given;
    for (const Value& step : m_steps) value = item(m_run, value, step);
    return value;
}

Value lowerCased(const Call& call, Value value)
{
    const auto* text = textOf(value);
    return text ? kept(call.run.budget, inCase(*text, Case::Lower)) : std::move(value);
}

std::span<const Row> choiceFilters()
{
    return rows;
}

} // namespace headlens::text::chat
