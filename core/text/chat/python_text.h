// SPDX-License-Identifier: GPL-3.0-or-later
// Values as Python prints them: str(), repr() and json.dumps().
#pragma once

#include "core/text/chat/value.h"

namespace headlens::text::chat {

// str(value); of an undefined value nothing.
Value printed(Budget& budget, const Value& value);
void print(TextBuilder& target, const Value& value);
// repr(value)
void printRepresentation(TextBuilder& target, const Value& value);
// repr(float): the shortest digits that read back as the same number.
std::string realText(double number);

struct JsonStyle {
    std::optional<std::u32string> indent = {}; // of one level
    std::u32string item = U", ", key = U": ";
    bool ascii = false;
    bool sorted = false;
};
// json.dumps(value). Throws Problem for what JSON has no word for.
void printJson(TextBuilder& target, const Value& value, const JsonStyle& style);

// str.isspace() of one character.
bool isSpace(char32_t c);
std::u32string_view stripped(std::u32string_view text, bool left = true, bool right = true);

} // namespace headlens::text::chat
