// SPDX-License-Identifier: GPL-3.0-or-later
// Operators, comparisons and indexing as Python defines them for these types. Errors are Problems, worded as Python's.
#pragma once

#include "core/text/chat/value.h"

#include <compare>

namespace headlens::text::chat {

enum class Operator : std::uint8_t { Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power, Join };
enum class Comparison : std::uint8_t { Equal, Unequal, Less, LessEqual, Greater, GreaterEqual, In, NotIn };

Value applied(Budget& budget, Operator what, const Value& left, const Value& right);
Value negated(const Value& value);

bool equals(Budget& budget, const Value& left, const Value& right);
// Throws Problem for types that have no order.
std::partial_ordering order(Budget& budget, const Value& left, const Value& right);
bool contains(Budget& budget, const Value& whole, const Value& part);
bool holds(Budget& budget, Comparison what, const Value& left, const Value& right);

// Where `part` begins in `whole`, at or after `from`; npos when it is not there. In time linear in both.
std::size_t find(Budget& budget, std::u32string_view whole, std::u32string_view part, std::size_t from = 0);

// "%s is %d" % values
Value formatted(Budget& budget, std::u32string_view format, const std::vector<Value>& values);

} // namespace headlens::text::chat
