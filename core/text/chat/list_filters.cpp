// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of lists and mappings.
#include "core/text/chat/item_key.h"
#include "core/text/chat/items.h"
#include "core/text/chat/libraries.h"
#include "core/text/chat/operators.h"
#include "core/text/chat/python_text.h"
#include "core/text/chat/text_tools.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

Value length(const Call& call)
{
    const auto size = lengthOf(call.self);
    if (!size) fail("object of type '" + typeName(call.self) + "' has no len()");
    return std::int64_t(*size);
}

Value first(const Call& call)
{
    const ListPtr items = itemsOf(call.run, call.self);
    return items->items.empty() ? undefined("No first item, sequence was empty.") : items->items.front();
}

Value last(const Call& call)
{
    const ListPtr items = itemsOf(call.run, call.self);
    return items->items.empty() ? undefined("No last item, sequence was empty.") : items->items.back();
}

Value listOfItems(Budget& budget, const std::vector<Value>& items, Sequence kind = Sequence::List)
{
    ListBuilder list(budget, kind);
    for (const Value& item : items) list.add(item);
    return list.take();
}

Value toList(const Call& call)
{
    return listOfItems(call.run.budget, itemsOf(call.run, call.self)->items);
}

Value reverse(const Call& call)
{
    if (const auto* text = textOf(call.self))
        return kept(call.run.budget, std::u32string(text->rbegin(), text->rend()));
    std::vector<Value> items = itemsOf(call.run, call.self)->items;
    std::ranges::reverse(items);
    return listOfItems(call.run.budget, items, Sequence::Generator);
}

// join(d="", attribute=none)
Value join(const Call& call)
{
    const ListPtr items = itemsOf(call.run, call.self);
    const Value separator = call.has(0) ? printed(call.run.budget, call[0]) : makeText(std::u32string());
    const ItemKey key(call, 1);
    std::vector<Value> parts;
    for (const Value& item : items->items) parts.push_back(key.of(item));
    return joined(call.run.budget, parts, *textOf(separator));
}

using Keyed = std::pair<Value, Value>; // what it is sorted by, the item

std::vector<Keyed> keyedItems(const Call& call, const std::vector<Value>& items, const ItemKey& key, bool exact)
{
    std::vector<Keyed> keyed;
    for (const Value& item : items) keyed.emplace_back(exact ? key.of(item) : lowerCased(call, key.of(item)), item);
    return keyed;
}

// Stable in both directions, as Python's.
void sortKeyed(const Call& call, std::vector<Keyed>& keyed, bool descending)
{
    std::ranges::stable_sort(keyed, [&](const Keyed& a, const Keyed& b) {
        return order(call.run.budget, a.first, b.first) ==
               (descending ? std::partial_ordering::greater : std::partial_ordering::less);
    });
}

Value takeItems(const Call& call, const std::vector<Keyed>& keyed)
{
    ListBuilder items(call.run.budget);
    for (const Keyed& one : keyed) items.add(one.second);
    return items.take();
}

// sort(reverse=false, case_sensitive=false, attribute=none)
Value sort(const Call& call)
{
    auto keyed = keyedItems(call, itemsOf(call.run, call.self)->items, ItemKey(call, 2), call.flag(1, false));
    sortKeyed(call, keyed, call.flag(0, false));
    return takeItems(call, keyed);
}

std::vector<Value> pairsOf(const Call& call)
{
    const auto* mapping = mappingOf(call.self);
    if (!mapping && !isUndefined(call.self)) fail("Can only get item pairs from a mapping.");
    std::vector<Value> pairs;
    for (std::size_t i = 0; mapping && i < mapping->entries().size(); ++i) {
        const auto& [key, value] = mapping->entries()[i];
        pairs.push_back(listOfItems(call.run.budget, {key, value}, Sequence::Tuple));
    }
    return pairs;
}

Value items(const Call& call)
{
    return listOfItems(call.run.budget, pairsOf(call), Sequence::Generator);
}

// dictsort(case_sensitive=false, by="key", reverse=false)
Value sortMapping(const Call& call)
{
    const bool byValue = call.has(1) && call.text(1) == U"value";
    if (call.has(1) && !byValue && call.text(1) != U"key") fail("You can only sort by either \"key\" or \"value\"");
    const Value place = std::int64_t(byValue ? 1 : 0);
    auto keyed = keyedItems(call, pairsOf(call), ItemKey(call.run, place), call.flag(0, false));
    sortKeyed(call, keyed, call.flag(2, false));
    return takeItems(call, keyed);
}

// unique(case_sensitive=false, attribute=none)
Value unique(const Call& call)
{
    ListBuilder chosen(call.run.budget, Sequence::Generator);
    std::vector<Keyed> seen;
    const auto keyed = keyedItems(call, itemsOf(call.run, call.self)->items, ItemKey(call, 1), call.flag(0, false));
    for (const Keyed& one : keyed) {
        const auto same = [&](const Keyed& other) { return equals(call.run.budget, one.first, other.first); };
        if (std::ranges::any_of(seen, same)) continue;
        seen.push_back(one);
        chosen.add(one.second);
    }
    return chosen.take();
}

// min(case_sensitive=false, attribute=none)
template <bool largest>
Value extreme(const Call& call)
{
    auto keyed = keyedItems(call, itemsOf(call.run, call.self)->items, ItemKey(call, 1), call.flag(0, false));
    if (keyed.empty()) return undefined("No aggregated item, sequence was empty.");
    const auto* best = keyed.data();
    for (const Keyed& one : keyed) {
        const auto compared = order(call.run.budget, one.first, best->first);
        if (compared == (largest ? std::partial_ordering::greater : std::partial_ordering::less)) best = &one;
    }
    return best->second;
}

// sum(attribute=none, start=0)
Value sum(const Call& call)
{
    Value total = call.has(1) ? call[1] : Value(std::int64_t(0));
    const ItemKey key(call, 0);
    const ListPtr items = itemsOf(call.run, call.self);
    for (const Value& item : items->items) total = applied(call.run.budget, Operator::Add, total, key.of(item));
    return total;
}

// batch(linecount, fill_with=none)
Value batch(const Call& call)
{
    const std::int64_t size = call.integer(0, 1);
    if (size < 1) fail("a batch has one item at least");
    ListBuilder batches(call.run.budget, Sequence::Generator);
    const ListPtr items = itemsOf(call.run, call.self);
    for (std::size_t begin = 0; begin < items->items.size(); begin += std::size_t(size)) {
        ListBuilder one(call.run.budget);
        for (std::size_t i = begin; i < begin + std::size_t(size); ++i) {
            if (i < items->items.size())
                one.add(items->items[i]);
            else if (call.has(1) && !isNone(call[1]))
                one.add(call[1]);
            else
                break;
        }
        batches.add(one.take());
    }
    return batches.take();
}

constexpr std::array<Row, 15> rows{{{"length", length},
                                    {"count", length},
                                    {"first", first},
                                    {"last", last},
                                    {"list", toList},
                                    {"reverse", reverse},
                                    {"join", join, {"d", "attribute"}},
                                    {"sort", sort, {"reverse", "case_sensitive", "attribute"}},
                                    {"items", items},
                                    {"dictsort", sortMapping, {"case_sensitive", "by", "reverse"}},
                                    {"unique", unique, {"case_sensitive", "attribute"}},
                                    {"min", extreme<false>, {"case_sensitive", "attribute"}},
                                    {"max", extreme<true>, {"case_sensitive", "attribute"}},
                                    {"sum", sum, {"attribute", "start"}},
                                    {"batch", batch, {"linecount", "fill_with"}, 1}}};

} // namespace

std::span<const Row> listFilters()
{
    return rows;
}

} // namespace headlens::text::chat
