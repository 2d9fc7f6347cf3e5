// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/operators.h"

#include <algorithm>
#include <array>

namespace headlens::text::chat {
namespace {

bool equalLists(Budget& budget, const List& left, const List& right)
{
    if (left.kind != right.kind || left.items.size() != right.items.size()) return false;
    for (std::size_t i = 0; i < left.items.size(); ++i)
        if (!equals(budget, left.items[i], right.items[i])) return false;
    return true;
}

bool equalMappings(Budget& budget, const Mapping& left, const Mapping& right)
{
    if (left.entries().size() != right.entries().size()) return false;
    return std::ranges::all_of(left.entries(), [&](const Mapping::Entry& entry) {
        const Value* other = right.find(entry.key);
        return other && equals(budget, entry.value, *other);
    });
}

std::partial_ordering listOrder(Budget& budget, const List& left, const List& right)
{
    for (std::size_t i = 0; i < left.items.size() && i < right.items.size(); ++i)
        if (!equals(budget, left.items[i], right.items[i])) return order(budget, left.items[i], right.items[i]);
    return left.items.size() <=> right.items.size();
}

std::partial_ordering orderFor(Budget& budget, Comparison what, const Value& left, const Value& right)
{
    static constexpr std::array<const char*, 6> signs{"==", "!=", "<", "<=", ">", ">="};
    if (const auto a = integerOf(left), b = integerOf(right); a && b) return *a <=> *b;
    if (const auto a = realOf(left), b = realOf(right); a && b) return *a <=> *b;
    if (const auto* a = textOf(left), *b = textOf(right); a && b) {
        budget.work(std::min(a->size(), b->size()));
        return *a <=> *b;
    }
    if (const auto* a = listOf(left), *b = listOf(right); a && b && a->kind == b->kind)
        return listOrder(budget, *a, *b);
    requireDefined(left);
    requireDefined(right);
    fail("'" + std::string(signs[std::size_t(what)]) + "' not supported between instances of '" + typeName(left) +
         "' and '" + typeName(right) + "'");
}

// For every place of `part`: how long its longest beginning is that ends there (Knuth, Morris and Pratt 1977).
std::vector<std::size_t> bordersOf(std::u32string_view part)
{
    std::vector<std::size_t> borders(part.size(), 0);
    for (std::size_t i = 1, length = 0; i < part.size(); ++i) {
        while (length > 0 && part[i] != part[length]) length = borders[length - 1];
        if (part[i] == part[length]) ++length;
        borders[i] = length;
    }
    return borders;
}

} // namespace

bool equals(Budget& budget, const Value& left, const Value& right)
{
    budget.work();
    if (const auto a = integerOf(left), b = integerOf(right); a && b) return *a == *b;
    if (const auto a = realOf(left), b = realOf(right); a && b) return *a == *b;
    if (const auto* a = textOf(left), *b = textOf(right); a && b) {
        if (a->size() != b->size()) return false;
        budget.work(a->size());
        return *a == *b;
    }
    if (const auto* a = listOf(left), *b = listOf(right); a && b) return equalLists(budget, *a, *b);
    if (const auto* a = mappingOf(left), *b = mappingOf(right); a && b) return equalMappings(budget, *a, *b);
    if (left.index() != right.index()) return false;
    if (const auto* a = std::get_if<Namespace*>(&left)) return *a == std::get<Namespace*>(right);
    if (const auto* a = std::get_if<std::shared_ptr<const Callable>>(&left))
        return *a == std::get<std::shared_ptr<const Callable>>(right);
    return isUndefined(left) || isNone(left);
}

std::partial_ordering order(Budget& budget, const Value& left, const Value& right)
{
    return orderFor(budget, Comparison::Less, left, right);
}

bool contains(Budget& budget, const Value& whole, const Value& part)
{
    if (const auto* text = textOf(whole)) {
        requireDefined(part);
        const auto* piece = textOf(part);
        if (!piece) fail("'in <string>' requires string as left operand, not " + typeName(part));
        return find(budget, *text, *piece) != text->npos;
    }
    if (const auto* list = listOf(whole))
        return std::ranges::any_of(list->items, [&](const Value& item) { return equals(budget, item, part); });
    if (const auto* mapping = mappingOf(whole)) return mapping->find(part) != nullptr;
    if (isUndefined(whole)) return false;
    fail("argument of type '" + typeName(whole) + "' is not iterable");
}

bool holds(Budget& budget, Comparison what, const Value& left, const Value& right)
{
    switch (what) {
    case Comparison::Equal: return equals(budget, left, right);
    case Comparison::Unequal: return !equals(budget, left, right);
    case Comparison::In: return contains(budget, right, left);
    case Comparison::NotIn: return !contains(budget, right, left);
    case Comparison::Less: return orderFor(budget, what, left, right) < 0;
    case Comparison::LessEqual: return orderFor(budget, what, left, right) <= 0;
    case Comparison::Greater: return orderFor(budget, what, left, right) > 0;
    case Comparison::GreaterEqual: return orderFor(budget, what, left, right) >= 0;
    }
    return false;
}

std::size_t find(Budget& budget, std::u32string_view whole, std::u32string_view part, std::size_t from)
{
    if (from > whole.size() || part.size() > whole.size() - from) return whole.npos;
    if (part.empty()) return from;
    budget.work(part.size());
    const std::vector<std::size_t> borders = bordersOf(part);
    std::size_t i = from;
    std::size_t place = whole.npos;
    for (std::size_t length = 0; i < whole.size() && place == whole.npos; ++i) {
        while (length > 0 && whole[i] != part[length]) length = borders[length - 1];
        if (whole[i] == part[length]) ++length;
        if (length == part.size()) place = i + 1 - length;
    }
    budget.work(i - from);
    return place;
}

} // namespace headlens::text::chat
