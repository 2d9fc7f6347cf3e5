// SPDX-License-Identifier: GPL-3.0-or-later
// Methods of mappings, lists and loops. Those that would change them are named, because Jinja's sandbox refuses them.
#include "core/text/chat/items.h"
#include "core/text/chat/operators.h"

namespace headlens::text::chat {
namespace {

Value get(const Call& call)
{
    const Value* found = mappingOf(call.self)->find(call[0]);
    if (found) return *found;
    return call.has(1) ? call[1] : Value(None{});
}

Value keys(const Call& call)
{
    ListBuilder keys(call.run.budget, Sequence::View);
    for (const auto& entry : mappingOf(call.self)->entries()) keys.add(entry.key);
    return keys.take();
}

Value values(const Call& call)
{
    ListBuilder values(call.run.budget, Sequence::View);
    for (const auto& entry : mappingOf(call.self)->entries()) values.add(entry.value);
    return values.take();
}

Value items(const Call& call)
{
    ListBuilder pairs(call.run.budget, Sequence::View);
    for (const auto& [key, value] : mappingOf(call.self)->entries()) {
        ListBuilder pair(call.run.budget, Sequence::Tuple);
        pair.add(key);
        pair.add(value);
        pairs.add(pair.take());
    }
    return pairs.take();
}

Value copy(const Call& call)
{
    return call.self;
}

Value count(const Call& call)
{
    std::int64_t times = 0;
    for (const Value& item : listOf(call.self)->items) times += equals(call.run.budget, item, call[0]) ? 1 : 0;
    return times;
}

Value index(const Call& call)
{
    const auto& items = listOf(call.self)->items;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (equals(call.run.budget, items[i], call[0])) return std::int64_t(i);
    fail("it is not in the list");
}

Value cycle(const Call& call)
{
    const auto& choices = call.given.positional;
    if (choices.empty()) fail("no items for cycling given");
    return choices[std::get<std::shared_ptr<const Loop>>(call.self)->index % choices.size()];
}

constexpr std::array<Row, 10> mappingRows{{{"get", get, {"key", "default"}, 1},
                                           {"keys", keys},
                                           {"values", values},
                                           {"items", items},
                                           {"copy", copy},
                                           {"clear"},
                                           {"pop"},
                                           {"popitem"},
                                           {"setdefault"},
                                           {"update"}}};
constexpr std::array<Row, 11> listRows{{{"count", count, {"value"}, 1},
                                        {"index", index, {"value"}, 1},
                                        {"copy", copy},
                                        {"append"},
                                        {"clear"},
                                        {"extend"},
                                        {"insert"},
                                        {"pop"},
                                        {"remove"},
                                        {"reverse"},
                                        {"sort"}}};
constexpr std::array<Row, 1> loopRows{{{"cycle", cycle, {}, 0, true}}};

} // namespace

std::span<const Row> methodsOf(const Value& object)
{
    if (textOf(object)) return textMethods();
    if (mappingOf(object)) return mappingRows;
    if (const auto* list = listOf(object))
        return std::span(listRows).first(list->kind == Sequence::List ? listRows.size() : 2);
    if (std::holds_alternative<std::shared_ptr<const Loop>>(object)) return loopRows;
    return {};
}

} // namespace headlens::text::chat
