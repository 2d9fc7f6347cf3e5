// SPDX-License-Identifier: GPL-3.0-or-later
// Values of a chat template, as Python has them. Immutable but for namespaces, so that no value can hold itself.
#pragma once

#include "core/text/chat/budget.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace headlens::text::chat {

// `why` is what is said when somebody uses it: "'tools' is undefined".
struct Undefined {
    std::shared_ptr<const std::string> why;
};
struct None {};
struct List;
struct Loop;
struct Namespace;
class Mapping;
class Callable;

using Text = std::shared_ptr<const std::u32string>; // code points: Python counts and slices by them
using ListPtr = std::shared_ptr<const List>;
using MappingPtr = std::shared_ptr<const Mapping>;
// Namespaces belong to the run (run.h), because they may hold themselves.
using Value = std::variant<Undefined, None, bool, std::int64_t, double, Text, ListPtr, MappingPtr,
                           std::shared_ptr<const Loop>, std::shared_ptr<const Callable>, Namespace*>;

// What Python has for it: a view is dict.keys() and its like, a generator what map() and select() return.
enum class Sequence : std::uint8_t { List, Tuple, Range, View, Generator };

struct List {
    std::vector<Value> items;
    Sequence kind = Sequence::List;
    int depth = 1; // of what is in it, plus one
};

// In the order of insertion. Numbers that are equal are the same key, as in Python: 1, 1.0 and true.
class Mapping {
public:
    struct Entry {
        Value key, value;
    };
    // Throws Problem for a key that is no text, number or none, and for values that are nested too deep.
    void set(const Value& key, Value value);
    const Value* find(const Value& key) const;
    const std::vector<Entry>& entries() const { return m_entries; }
    int depth() const { return m_depth; }

private:
    struct Less {
        bool operator()(const Value& a, const Value& b) const;
    };
    std::vector<Entry> m_entries;
    std::map<Value, std::size_t, Less> m_index;
    int m_depth = 1;
};

struct Namespace {
    Mapping attributes;
};

// `loop` within a {% for %}.
struct Loop {
    ListPtr items;
    std::size_t index = 0;
};

Value makeText(std::u32string text);
Value makeText(std::string_view utf8);
Value undefined(std::string why);

inline bool isUndefined(const Value& value)
{
    return std::holds_alternative<Undefined>(value);
}
inline bool isNone(const Value& value)
{
    return std::holds_alternative<None>(value);
}
// The characters of a text; nullptr for any other value.
const std::u32string* textOf(const Value& value);
const List* listOf(const Value& value);
const Mapping* mappingOf(const Value& value);
// Whole numbers, and booleans as 0 and 1.
std::optional<std::int64_t> integerOf(const Value& value);
// Any number.
std::optional<double> realOf(const Value& value);

bool isTrue(const Value& value);
int depthOf(const Value& value);
// "str", "list", "dict" ...: as Python's messages name the type.
std::string typeName(const Value& value);
// "'tools' is undefined" of an undefined value is thrown as a Problem; others pass.
void requireDefined(const Value& value);

// Grows a list within the budget.
class ListBuilder {
public:
    explicit ListBuilder(Budget& budget, Sequence kind = Sequence::List) : m_budget(budget) { m_list.kind = kind; }
    void add(Value value);
    Value take() { return std::make_shared<const List>(std::move(m_list)); }

private:
    Budget& m_budget;
    List m_list;
};

// Grows a text within the budget.
class TextBuilder {
public:
    explicit TextBuilder(Budget& budget) : m_budget(&budget) {}
    void add(std::u32string_view part);
    void add(std::string_view ascii);
    void add(char32_t c) { add(std::u32string_view(&c, 1)); }
    const std::u32string& text() const { return m_text; }
    Value take() { return makeText(std::move(m_text)); }

private:
    Budget* m_budget;
    std::u32string m_text;
};

} // namespace headlens::text::chat
