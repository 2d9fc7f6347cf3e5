// SPDX-License-Identifier: GPL-3.0-or-later
// Operands of expressions, and what stands behind them.
#include "core/text/chat/parser.h"

#include <array>

namespace headlens::text::chat {
namespace {

// A word that is a value by itself; nothing for others.
std::optional<Value> constantOf(const Word& word)
{
    struct Spelling {
        std::string_view name;
        Value value;
    };
    static const std::array<Spelling, 6> known{
        {{"true", true}, {"True", true}, {"false", false}, {"False", false}, {"none", None{}}, {"None", None{}}}};
    if (word.kind == TokenKind::Integer) return word.integer;
    if (word.kind == TokenKind::Real) return word.real;
    if (word.kind != TokenKind::Name) return std::nullopt;
    for (const auto& [name, value] : known)
        if (word.name == name) return value;
    return std::nullopt;
}

} // namespace

ExpressionPtr ExpressionParser::primary()
{
    const TokenKind kind = m_words.current().kind;
    if (kind == TokenKind::Name || kind == TokenKind::Integer || kind == TokenKind::Real) return named();
    if (m_words.isSymbol("(")) return parenthesized();
    if (m_words.isSymbol("[")) return list();
    if (m_words.isSymbol("{")) return mapping();
    if (kind != TokenKind::String) m_words.unexpected("a value");
    ExpressionPtr text = make(ExpressionKind::Constant, m_words.line());
    std::u32string whole; // texts behind each other are one
    while (m_words.current().kind == TokenKind::String) whole += m_words.take().text;
    text->value = makeText(std::move(whole));
    return text;
}

ExpressionPtr ExpressionParser::named()
{
    Word word = m_words.take();
    const auto constant = constantOf(word);
    ExpressionPtr expression = make(constant ? ExpressionKind::Constant : ExpressionKind::Variable, word.line);
    if (constant)
        expression->value = *constant;
    else
        expression->name = std::move(word.name);
    return expression;
}

ExpressionPtr ExpressionParser::parenthesized()
{
    const int line = m_words.take().line;
    if (m_words.takeSymbol(")")) return make(ExpressionKind::Tuple, line);
    ExpressionPtr inside = several();
    m_words.expectSymbol(")");
    return inside;
}

ExpressionPtr ExpressionParser::list()
{
    ExpressionPtr list = make(ExpressionKind::List, m_words.take().line);
    while (!m_words.isSymbol("]")) {
        if (!list->parts.empty()) m_words.expectSymbol(",");
        if (m_words.isSymbol("]")) break;
        add(*list, expression());
    }
    m_words.expectSymbol("]");
    return list;
}

ExpressionPtr ExpressionParser::mapping()
{
    ExpressionPtr mapping = make(ExpressionKind::Mapping, m_words.take().line);
    while (!m_words.isSymbol("}")) {
        if (!mapping->parts.empty()) m_words.expectSymbol(",");
        if (m_words.isSymbol("}")) break;
        add(*mapping, expression());
        m_words.expectSymbol(":");
        add(*mapping, expression());
    }
    m_words.expectSymbol("}");
    return mapping;
}

ExpressionPtr ExpressionParser::called(ExpressionPtr function)
{
    ExpressionPtr call = make(ExpressionKind::Call, m_words.line());
    add(*call, std::move(function));
    arguments(*call);
    return call;
}

ExpressionPtr ExpressionParser::postfix(ExpressionPtr operand)
{
    while (true) {
        if (m_words.isSymbol(".")) {
            operand = member(std::move(operand));
        } else if (m_words.isSymbol("[")) {
            operand = subscript(std::move(operand));
        } else if (m_words.isSymbol("(")) {
            operand = called(std::move(operand));
        } else {
            return operand;
        }
    }
}

// a.name, or a.0, which is a[0]
ExpressionPtr ExpressionParser::member(ExpressionPtr object)
{
    const int line = m_words.take().line;
    const bool number = m_words.current().kind == TokenKind::Integer;
    ExpressionPtr whole = make(number ? ExpressionKind::Item : ExpressionKind::Attribute, line);
    add(*whole, std::move(object));
    if (number)
        add(*whole, named());
    else
        whole->value = makeText(std::string_view(m_words.name()));
    return whole;
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr object)
{
    const int line = m_words.take().line;
    std::array<ExpressionPtr, 3> parts;
    std::size_t colons = 0;
    while (!m_words.isSymbol("]")) {
        if (m_words.takeSymbol(":")) {
            if (++colons > 2) m_words.refuse("a slice has three parts at most");
        } else if (parts[colons]) {
            m_words.unexpected("']'");
        } else {
            parts[colons] = several();
        }
    }
    m_words.expectSymbol("]");
    if (colons == 0 && !parts[0]) m_words.refuse("nothing stands in [ ]");
    ExpressionPtr whole = make(colons > 0 ? ExpressionKind::Slice : ExpressionKind::Item, line);
    add(*whole, std::move(object));
    for (std::size_t i = 0; i < (colons > 0 ? parts.size() : 1); ++i) add(*whole, std::move(parts[i]));
    return whole;
}

ExpressionPtr ExpressionParser::filtered(ExpressionPtr operand)
{
    while (true) {
        if (m_words.isSymbol("|")) {
            operand = filters(std::move(operand));
        } else if (m_words.isName("is")) {
            operand = test(std::move(operand));
        } else if (m_words.isSymbol("(")) {
            operand = called(std::move(operand));
        } else {
            return operand;
        }
    }
}

ExpressionPtr ExpressionParser::filters(ExpressionPtr input)
{
    while (m_words.takeSymbol("|")) input = filter(std::move(input));
    return input;
}

std::string ExpressionParser::dottedName()
{
    std::string name = m_words.name();
    while (m_words.takeSymbol(".")) name += "." + m_words.name();
    return name;
}

ExpressionPtr ExpressionParser::filter(ExpressionPtr input)
{
    ExpressionPtr whole = make(ExpressionKind::Filter, m_words.line());
    whole->name = dottedName();
    add(*whole, std::move(input));
    if (m_words.isSymbol("(")) arguments(*whole);
    return whole;
}

ExpressionPtr ExpressionParser::test(ExpressionPtr input)
{
    const int line = m_words.take().line;
    const bool inverted = m_words.takeName("not");
    ExpressionPtr whole = make(ExpressionKind::Test, line);
    whole->name = dottedName();
    add(*whole, std::move(input));
    const TokenKind next = m_words.current().kind;
    const bool operand = next == TokenKind::String || next == TokenKind::Integer || next == TokenKind::Real ||
                         m_words.isSymbol("[") || m_words.isSymbol("{") ||
                         (next == TokenKind::Name && !m_words.isNameOf({"else", "or", "and", "if", "in", "not", "is"}));
    if (m_words.isSymbol("(")) {
        arguments(*whole);
    } else if (operand) {
        whole->names.emplace_back();
        add(*whole, postfix(primary()));
    }
    if (!inverted) return whole;
    ExpressionPtr opposite = make(ExpressionKind::Not, line);
    add(*opposite, std::move(whole));
    return opposite;
}

// (a, name=b, *c, **d) into the parts of `call` and their names.
void ExpressionParser::arguments(Expression& call)
{
    m_words.expectSymbol("(");
    while (!m_words.isSymbol(")")) {
        if (!call.names.empty()) m_words.expectSymbol(",");
        if (m_words.isSymbol(")")) break;
        const bool isNamed = m_words.current().kind == TokenKind::Name && m_words.ahead().kind == TokenKind::Symbol &&
                             m_words.ahead().name == "=";
        std::string name;
        if (isNamed) {
            name = m_words.name();
            m_words.expectSymbol("=");
        } else if (m_words.isSymbol("*") || m_words.isSymbol("**")) {
            name = m_words.take().name;
        } else if (!call.names.empty() && !call.names.back().empty() && call.names.back() != "*") {
            m_words.refuse("an argument without a name stands behind one with a name");
        }
        call.names.push_back(std::move(name));
        add(call, expression());
    }
    m_words.expectSymbol(")");
}

} // namespace headlens::text::chat
