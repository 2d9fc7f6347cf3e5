// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/items.h"

#include "core/text/chat/python_text.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <array>

namespace headlens::text::chat {
namespace {

class Method : public Callable {
public:
    Method(const Row& row, Value self) : m_row(row), m_self(std::move(self)), m_depth(1 + depthOf(m_self)) {}
    Value call(Run& run, const Arguments& arguments) const override { return m_row.call(run, m_self, arguments); }
    int depth() const override { return m_depth; }

private:
    const Row& m_row;
    Value m_self;
    int m_depth;
};

struct LoopAttribute {
    std::u32string_view name;
    Value (*read)(const Loop&);
};

Value neighbour(const Loop& loop, std::size_t index, const char* why)
{
    return index < loop.items->items.size() ? loop.items->items[index] : undefined(why);
}

std::int64_t sizeOf(const Loop& loop)
{
    return std::int64_t(loop.items->items.size());
}

constexpr std::array<LoopAttribute, 11> loopAttributes{{
    {U"index", [](const Loop& loop) { return Value(std::int64_t(loop.index) + 1); }},
    {U"index0", [](const Loop& loop) { return Value(std::int64_t(loop.index)); }},
    {U"revindex", [](const Loop& loop) { return Value(sizeOf(loop) - std::int64_t(loop.index)); }},
    {U"revindex0", [](const Loop& loop) { return Value(sizeOf(loop) - std::int64_t(loop.index) - 1); }},
    {U"first", [](const Loop& loop) { return Value(loop.index == 0); }},
    {U"last", [](const Loop& loop) { return Value(loop.index + 1 == loop.items->items.size()); }},
    {U"length", [](const Loop& loop) { return Value(sizeOf(loop)); }},
    {U"depth", [](const Loop&) { return Value(std::int64_t(1)); }}, // of recursive loops, which are not known here
    {U"depth0", [](const Loop&) { return Value(std::int64_t(0)); }},
    {U"previtem", [](const Loop& loop) { return neighbour(loop, loop.index - 1, "there is no previous item"); }},
    {U"nextitem", [](const Loop& loop) { return neighbour(loop, loop.index + 1, "there is no next item"); }},
}};

std::string named(const Value& object)
{
    return isNone(object) ? "None" : typeName(object) + " object";
}

std::string quoted(Run& run, const Value& name)
{
    TextBuilder text(run.budget);
    printRepresentation(text, name);
    return toUtf8(std::u32string_view(text.text()).substr(0, 100));
}

Value missing(Run& run, const Value& object, const Value& name)
{
    if (textOf(name)) return undefined("'" + named(object) + "' has no attribute " + quoted(run, name));
    return undefined(named(object) + " has no element " + quoted(run, name));
}

// What Python itself has by this name; nothing where it has nothing.
std::optional<Value> own(const Value& object, const std::u32string& name)
{
    if (const auto* loop = std::get_if<std::shared_ptr<const Loop>>(&object)) {
        const auto* found = std::ranges::find(loopAttributes, name, &LoopAttribute::name);
        if (found != loopAttributes.end()) return found->read(**loop);
    }
    if (const auto* space = std::get_if<Namespace*>(&object))
        if (const Value* value = (*space)->attributes.find(makeText(name))) return *value;
    const std::string ascii = isAscii(name) && name.size() < 40 ? toUtf8(name) : std::string();
    const Row* row = rowIn(methodsOf(object), ascii);
    if (!row) return std::nullopt;
    if (row->function) return std::make_shared<const Method>(*row, object);
    return undefined("access to attribute '" + ascii + "' of '" + typeName(object) + "' object is unsafe.");
}

const Value* at(const List& list, std::int64_t index)
{
    const auto size = std::int64_t(list.items.size());
    if (index < 0) index += size;
    return index >= 0 && index < size && list.kind < Sequence::View ? &list.items[std::size_t(index)] : nullptr;
}

// a[b] without methods.
std::optional<Value> stored(const Value& object, const Value& key)
{
    const Value* found = nullptr;
    if (const auto* mapping = mappingOf(object)) found = mapping->find(key);
    const auto index = integerOf(key);
    if (const auto* list = listOf(object); list && index) found = at(*list, *index);
    if (found) return *found;
    const auto* text = textOf(object);
    if (!text || !index) return std::nullopt;
    const std::int64_t place = *index < 0 ? *index + std::int64_t(text->size()) : *index;
    if (place < 0 || place >= std::int64_t(text->size())) return std::nullopt;
    return makeText(std::u32string(1, (*text)[std::size_t(place)]));
}

struct Range {
    std::int64_t begin, end, step;
};

// slice.indices() of Python; nothing where a bound is no whole number.
std::optional<Range> rangeOf(const Value& begin, const Value& end, const Value& step, std::int64_t size)
{
    for (const Value* bound : {&begin, &end, &step})
        if (!isNone(*bound) && !integerOf(*bound)) return std::nullopt;
    const std::int64_t stride = integerOf(step).value_or(1);
    if (stride == 0) fail("slice step cannot be zero");
    const std::int64_t low = stride < 0 ? -1 : 0, high = stride < 0 ? size - 1 : size;
    const auto clamped = [&](const Value& bound, std::int64_t fallback) {
        const auto given = integerOf(bound);
        if (!given) return fallback;
        return std::clamp(*given < 0 ? *given + size : *given, low, high);
    };
    return Range{clamped(begin, stride < 0 ? high : low), clamped(end, stride < 0 ? low : high), stride};
}

template <class Take>
void walk(const Range& range, std::int64_t size, Take take)
{
    // A step beyond the size takes one item, and must not overflow.
    const std::int64_t step = std::clamp(range.step, -size - 1, size + 1);
    for (std::int64_t i = range.begin; step > 0 ? i < range.end : i > range.end; i += step) take(std::size_t(i));
}

} // namespace

Value attribute(Run& run, const Value& object, const Value& name)
{
    requireDefined(object);
    if (auto value = own(object, *textOf(name))) return *std::move(value);
    if (auto value = stored(object, name)) return *std::move(value);
    return missing(run, object, name);
}

Value item(Run& run, const Value& object, const Value& key)
{
    requireDefined(object);
    if (auto value = stored(object, key)) return *std::move(value);
    if (const auto* name = textOf(key))
        if (auto value = own(object, *name)) return *std::move(value);
    return missing(run, object, key);
}

Value slice(Run& run, const Value& object, const Value& begin, const Value& end, const Value& step)
{
    requireDefined(object);
    const auto* text = textOf(object);
    const auto* list = listOf(object);
    if (!text && (!list || list->kind >= Sequence::View)) return undefined(named(object) + " has no element slice");
    const auto size = std::int64_t(text ? text->size() : list->items.size());
    const auto range = rangeOf(begin, end, step, size);
    if (!range) return undefined(named(object) + " has no element slice");
    if (list) {
        ListBuilder part(run.budget, list->kind);
        walk(*range, size, [&](std::size_t i) { part.add(list->items[i]); });
        return part.take();
    }
    std::u32string part;
    if (range->step == 1 && range->begin < range->end) {
        run.budget.makeText(std::size_t(range->end - range->begin));
        return makeText(text->substr(std::size_t(range->begin), std::size_t(range->end - range->begin)));
    }
    run.budget.makeText(text->size());
    walk(*range, size, [&](std::size_t i) { part.push_back((*text)[i]); });
    return makeText(std::move(part));
}

ListPtr itemsOf(Run& run, const Value& value)
{
    if (const auto* list = std::get_if<ListPtr>(&value)) return *list;
    ListBuilder items(run.budget);
    if (const auto* mapping = mappingOf(value)) {
        for (const auto& entry : mapping->entries()) items.add(entry.key);
    } else if (const auto* text = textOf(value)) {
        for (const char32_t c : *text) items.add(makeText(std::u32string(1, c)));
    } else if (!isUndefined(value)) {
        fail("'" + typeName(value) + "' object is not iterable");
    }
    return std::get<ListPtr>(items.take());
}

std::optional<std::size_t> lengthOf(const Value& value)
{
    if (const auto* text = textOf(value)) return text->size();
    if (const auto* mapping = mappingOf(value)) return mapping->entries().size();
    if (const auto* list = listOf(value); list && list->kind != Sequence::Generator) return list->items.size();
    if (isUndefined(value)) return 0;
    return std::nullopt;
}

} // namespace headlens::text::chat
