// SPDX-License-Identifier: GPL-3.0-or-later
// What methods and filters of texts share, as Python's str does it.
#pragma once

#include "core/text/chat/callable.h"

namespace headlens::text::chat {

enum class Case : std::uint8_t { Lower, Upper };

// Full mappings of Unicode, without a language.
std::u32string inCase(std::u32string_view text, Case wanted);
// str.capitalize() and str.title()
std::u32string capitalized(std::u32string_view text);
std::u32string titled(std::u32string_view text);
// str.islower(), str.isupper() of what a value prints.
bool isInCase(Budget& budget, const Value& value, Case wanted);

// str.splitlines(): lines with or without their ends.
std::vector<std::u32string_view> linesOf(std::u32string_view text, bool ends);
// str.strip(): without the characters of `unwanted` at its sides, or without space.
std::u32string_view strippedOf(std::u32string_view text, const std::u32string* unwanted, bool left, bool right);
// str.replace(): at most `count` times, all where that is negative.
Value replaced(Budget& budget, std::u32string_view text, std::u32string_view old, std::u32string_view by,
               std::int64_t count);
// What str() makes of the items, with `separator` between them.
Value joined(Budget& budget, const std::vector<Value>& items, std::u32string_view separator);
// A text of a value within the budget.
Value kept(Budget& budget, std::u32string_view text);

} // namespace headlens::text::chat
