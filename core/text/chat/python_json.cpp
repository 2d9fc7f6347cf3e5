// SPDX-License-Identifier: GPL-3.0-or-later
// json.dumps()
#include "core/text/chat/python_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace headlens::text::chat {
namespace {

class JsonPrinter {
public:
    JsonPrinter(TextBuilder& target, const JsonStyle& style) : m_target(target), m_style(style) {}

    void print(const Value& value, int level)
    {
        if (const auto* text = textOf(value))
            quoted(*text);
        else if (const auto* list = listOf(value); list && list->kind <= Sequence::Tuple)
            printList(*list, level);
        else if (const auto* mapping = mappingOf(value))
            printMapping(*mapping, level);
        else
            m_target.add(std::string_view(word(value)));
    }

private:
    static std::string realWord(double number)
    {
        if (std::isnan(number)) return "NaN";
        if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
        return realText(number);
    }
    static std::string word(const Value& value)
    {
        if (isNone(value)) return "null";
        if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
        if (const auto whole = integerOf(value)) return std::to_string(*whole);
        if (const auto real = realOf(value)) return realWord(*real);
        fail("Object of type " + typeName(value) + " is not JSON serializable");
    }
    void escape(unsigned unit)
    {
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "\\u%04x", unit);
        m_target.add(std::string_view(text.data()));
    }
    void character(char32_t c)
    {
        static constexpr std::u32string_view named = U"\"\\\n\r\t\b\f", letters = U"\"\\nrtbf";
        if (const std::size_t i = named.find(c); i != named.npos) {
            m_target.add(std::u32string{U'\\', letters[i]});
        } else if (c >= 0x20 && (c < 0x7F || !m_style.ascii)) {
            m_target.add(c);
        } else if (c >= 0x10000) {
            escape(unsigned(0xD800 + ((c - 0x10000) >> 10)));
            escape(unsigned(0xDC00 + ((c - 0x10000) & 0x3FF)));
        } else {
            escape(unsigned(c));
        }
    }
    void quoted(std::u32string_view text)
    {
        m_target.add(U'"');
        for (const char32_t c : text) character(c);
        m_target.add(U'"');
    }
    void newLine(int level)
    {
        if (!m_style.indent) return;
        m_target.add(U'\n');
        for (int i = 0; i < level; ++i) m_target.add(*m_style.indent);
    }
    void printList(const List& list, int level)
    {
        m_target.add(U'[');
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            if (i > 0) m_target.add(m_style.item);
            newLine(level + 1);
            print(list.items[i], level + 1);
        }
        if (!list.items.empty()) newLine(level);
        m_target.add(U']');
    }
    void printMapping(const Mapping& mapping, int level)
    {
        std::vector<const Mapping::Entry*> entries;
        for (const auto& entry : mapping.entries()) entries.push_back(&entry);
        if (m_style.sorted) std::ranges::sort(entries, keyLess);
        m_target.add(U'{');
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (i > 0) m_target.add(m_style.item);
            newLine(level + 1);
            const auto* name = textOf(entries[i]->key);
            name ? quoted(*name) : m_target.add(std::string_view('"' + word(entries[i]->key) + '"'));
            m_target.add(m_style.key);
            print(entries[i]->value, level + 1);
        }
        if (!entries.empty()) newLine(level);
        m_target.add(U'}');
    }
    static bool keyLess(const Mapping::Entry* a, const Mapping::Entry* b)
    {
        const auto *left = textOf(a->key), *right = textOf(b->key);
        if (!left || !right) fail("only keys that are texts can be sorted");
        return *left < *right;
    }

    TextBuilder& m_target;
    const JsonStyle& m_style;
};

} // namespace

void printJson(TextBuilder& target, const Value& value, const JsonStyle& style)
{
    JsonPrinter(target, style).print(value, 0);
}

} // namespace headlens::text::chat
