// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/python_text.h"

#include "core/text/unicode.h"

#include <unicode/uchar.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace headlens::text::chat {
namespace {

bool isPrintable(char32_t c)
{
    if (c == U' ') return true;
    constexpr std::uint32_t hidden =
        U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CS_MASK | U_GC_CO_MASK | U_GC_CN_MASK | U_GC_Z_MASK;
    return (U_GET_GC_MASK(UChar32(c)) & hidden) == 0;
}

void printEscape(TextBuilder& target, char32_t c)
{
    std::array<char, 16> escape{};
    const char* form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    std::snprintf(escape.data(), escape.size(), form, unsigned(c));
    target.add(std::string_view(escape.data()));
}

void printQuoted(TextBuilder& target, std::u32string_view text)
{
    const bool twice = text.find(U'\'') != text.npos && text.find(U'"') == text.npos;
    const char32_t quote = twice ? U'"' : U'\'';
    target.add(quote);
    for (const char32_t c : text) {
        if (c == quote || c == U'\\')
            target.add(std::u32string{U'\\', c});
        else if (c == U'\n' || c == U'\r' || c == U'\t')
            target.add(std::string_view(c == U'\n' ? "\\n" : c == U'\r' ? "\\r" : "\\t"));
        else if (isPrintable(c))
            target.add(c);
        else
            printEscape(target, c);
    }
    target.add(quote);
}

void printList(TextBuilder& target, const List& list)
{
    const bool tuple = list.kind == Sequence::Tuple;
    target.add(tuple ? U'(' : U'[');
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i > 0) target.add(std::string_view(", "));
        printRepresentation(target, list.items[i]);
    }
    if (tuple && list.items.size() == 1) target.add(U',');
    target.add(tuple ? U')' : U']');
}

void printMapping(TextBuilder& target, const Mapping& mapping)
{
    target.add(U'{');
    bool first = true;
    for (const auto& [key, value] : mapping.entries()) {
        if (!first) target.add(std::string_view(", "));
        first = false;
        printRepresentation(target, key);
        target.add(std::string_view(": "));
        printRepresentation(target, value);
    }
    target.add(U'}');
}

// "1.5e+300" from "1.5" and 300
std::string withExponent(std::string digits, int exponent)
{
    std::array<char, 8> tail{};
    std::snprintf(tail.data(), tail.size(), "e%+03d", exponent);
    return digits + tail.data();
}

} // namespace

std::string realText(double number)
{
    if (std::isnan(number)) return "nan";
    if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
    std::array<char, 40> buffer{};
    const auto [end, failure] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    const std::string scientific(buffer.data(), end);
    const std::size_t cut = scientific.find('e');
    const int exponent = std::atoi(scientific.c_str() + cut + 1);
    if (exponent < -4 || exponent >= 16) return withExponent(scientific.substr(0, cut), exponent);
    const auto fixed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
    std::string text(buffer.data(), fixed.ptr);
    if (text.find('.') == std::string::npos) text += ".0";
    return text;
}

void printRepresentation(TextBuilder& target, const Value& value)
{
    if (const auto* text = textOf(value))
        printQuoted(target, *text);
    else if (isUndefined(value))
        target.add(std::string_view("Undefined"));
    else
        print(target, value);
}

void print(TextBuilder& target, const Value& value)
{
    if (const auto* text = textOf(value))
        target.add(*text);
    else if (isNone(value))
        target.add(std::string_view("None"));
    else if (const auto* flag = std::get_if<bool>(&value))
        target.add(std::string_view(*flag ? "True" : "False"));
    else if (const auto whole = integerOf(value))
        target.add(std::string_view(std::to_string(*whole)));
    else if (const auto real = realOf(value))
        target.add(std::string_view(realText(*real)));
    else if (const auto* list = listOf(value))
        printList(target, *list);
    else if (const auto* mapping = mappingOf(value))
        printMapping(target, *mapping);
    else if (!isUndefined(value))
        target.add(std::string_view("<" + typeName(value) + ">"));
}

Value printed(Budget& budget, const Value& value)
{
    if (textOf(value)) return value;
    TextBuilder text(budget);
    print(text, value);
    return text.take();
}

bool isSpace(char32_t c)
{
    return isWhitespace(c) || (c >= 0x1C && c <= 0x1F);
}

std::u32string_view stripped(std::u32string_view text, bool left, bool right)
{
    while (left && !text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (right && !text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

} // namespace headlens::text::chat
