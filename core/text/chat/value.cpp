// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/value.h"

#include "core/text/chat/callable.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens::text::chat {
namespace {

int deeper(int depth)
{
    if (depth >= deepestValue) throw Problem(Fault::Limit, "it makes lists within lists without end");
    return depth + 1;
}

// Total order of the kinds of keys: none, numbers (not a number first), texts.
int rankOf(const Value& key)
{
    return textOf(key) ? 2 : realOf(key) ? 1 : 0;
}

bool numberLess(const Value& a, const Value& b)
{
    const auto x = integerOf(a), y = integerOf(b);
    if (x && y) return *x < *y;
    const double left = *realOf(a), right = *realOf(b);
    if (std::isnan(left) || std::isnan(right)) return std::isnan(left) && !std::isnan(right);
    return left < right;
}

template <class T>
const T* pointee(const Value& value)
{
    const auto* held = std::get_if<std::shared_ptr<const T>>(&value);
    return held ? held->get() : nullptr;
}

} // namespace

bool Mapping::Less::operator()(const Value& a, const Value& b) const
{
    const int left = rankOf(a), right = rankOf(b);
    if (left != right) return left < right;
    if (left == 2) return *textOf(a) < *textOf(b);
    return left == 1 && numberLess(a, b);
}

void Mapping::set(const Value& key, Value value)
{
    if (!textOf(key) && !realOf(key) && !isNone(key)) {
        requireDefined(key);
        fail("unhashable type: '" + typeName(key) + "'");
    }
    m_depth = std::max(m_depth, deeper(depthOf(value)));
    const auto [place, added] = m_index.try_emplace(key, m_entries.size());
    if (added)
        m_entries.push_back({key, std::move(value)});
    else
        m_entries[place->second].value = std::move(value);
}

const Value* Mapping::find(const Value& key) const
{
    if (!textOf(key) && !realOf(key) && !isNone(key)) return nullptr;
    const auto place = m_index.find(key);
    return place == m_index.end() ? nullptr : &m_entries[place->second].value;
}

Value makeText(std::u32string text)
{
    return std::make_shared<const std::u32string>(std::move(text));
}

Value makeText(std::string_view utf8)
{
    return makeText(decodeUtf8(utf8));
}

Value undefined(std::string why)
{
    return Undefined{std::make_shared<const std::string>(std::move(why))};
}

const std::u32string* textOf(const Value& value)
{
    return pointee<std::u32string>(value);
}

const List* listOf(const Value& value)
{
    return pointee<List>(value);
}

const Mapping* mappingOf(const Value& value)
{
    return pointee<Mapping>(value);
}

std::optional<std::int64_t> integerOf(const Value& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
    return std::nullopt;
}

std::optional<double> realOf(const Value& value)
{
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto whole = integerOf(value)) return double(*whole);
    return std::nullopt;
}

bool isTrue(const Value& value)
{
    if (isUndefined(value) || isNone(value)) return false;
    if (const auto number = realOf(value)) return *number != 0;
    if (const auto* text = textOf(value)) return !text->empty();
    if (const auto* list = listOf(value)) return list->kind == Sequence::Generator || !list->items.empty();
    if (const auto* mapping = mappingOf(value)) return !mapping->entries().empty();
    return true;
}

int depthOf(const Value& value)
{
    if (const auto* list = listOf(value)) return list->depth;
    if (const auto* mapping = mappingOf(value)) return mapping->depth();
    if (const auto* loop = pointee<Loop>(value)) return deeper(loop->items->depth);
    if (const auto* callable = pointee<Callable>(value)) return callable->depth();
    return 0;
}

std::string typeName(const Value& value)
{
    static constexpr std::array<const char*, std::variant_size_v<Value>> names{
        "Undefined", "NoneType", "bool", "int", "float", "str", "list", "dict", "LoopContext", "function", "Namespace"};
    static constexpr std::array<const char*, 5> sequences{"list", "tuple", "range", "dict_items", "generator"};
    if (const auto* list = listOf(value)) return sequences[std::size_t(list->kind)];
    return names[value.index()];
}

void requireDefined(const Value& value)
{
    if (const auto* missing = std::get_if<Undefined>(&value)) fail(missing->why ? *missing->why : "it is undefined");
}

void ListBuilder::add(Value value)
{
    m_budget.makeItem(m_list.items.size() + 1);
    m_list.depth = std::max(m_list.depth, deeper(depthOf(value)));
    m_list.items.push_back(std::move(value));
}

void TextBuilder::add(std::u32string_view part)
{
    m_budget->requireLength(m_text.size() + part.size());
    m_budget->makeText(part.size());
    m_text += part;
}

void TextBuilder::add(std::string_view ascii)
{
    add(std::u32string(ascii.begin(), ascii.end()));
}

} // namespace headlens::text::chat
