// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/parser.h"

#include <algorithm>
#include <array>
#include <optional>

namespace headlens::text::chat {

namespace {

constexpr int deepestExpression = 150;

template <class T>
struct Spelling {
    std::string_view symbol;
    T meaning;
};

constexpr std::array<Spelling<Comparison>, 6> comparisonSymbols{{{"==", Comparison::Equal},
                                                                 {"!=", Comparison::Unequal},
                                                                 {"<", Comparison::Less},
                                                                 {"<=", Comparison::LessEqual},
                                                                 {">", Comparison::Greater},
                                                                 {">=", Comparison::GreaterEqual}}};

// By precedence, loose first.
constexpr std::array<std::array<Spelling<Operator>, 4>, 4> operatorLevels{{
    {{{"+", Operator::Add}, {"-", Operator::Subtract}}},
    {{{"~", Operator::Join}}},
    {{{"*", Operator::Multiply}, {"/", Operator::Divide}, {"//", Operator::FloorDivide}, {"%", Operator::Modulo}}},
    {{{"**", Operator::Power}}},
}};

std::optional<Operator> operatorHere(const Words& words, std::size_t level)
{
    for (const auto& [symbol, meaning] : operatorLevels[level])
        if (!symbol.empty() && words.isSymbol(symbol)) return meaning;
    return std::nullopt;
}

std::optional<Comparison> comparisonHere(Words& words)
{
    for (const auto& [symbol, meaning] : comparisonSymbols)
        if (words.takeSymbol(symbol)) return meaning;
    if (words.takeName("in")) return Comparison::In;
    if (!words.isName("not") || words.ahead().kind != TokenKind::Name || words.ahead().name != "in")
        return std::nullopt;
    words.expectName("not");
    words.expectName("in");
    return Comparison::NotIn;
}

} // namespace

// While it lives, what is parsed stands one level deeper.
class Nesting {
public:
    explicit Nesting(ExpressionParser& parser) : m_parser(parser)
    {
        if (++m_parser.m_depth > deepestExpression) {
            --m_parser.m_depth;
            m_parser.m_words.refuse("an expression is nested too deep");
        }
    }
    ~Nesting() { --m_parser.m_depth; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

private:
    ExpressionParser& m_parser;
};

ExpressionPtr ExpressionParser::make(ExpressionKind kind, int line) const
{
    auto expression = std::make_unique<Expression>();
    expression->kind = kind;
    expression->line = line;
    return expression;
}

void ExpressionParser::add(Expression& whole, ExpressionPtr part) const
{
    // Long chains ("a" + "b" + ...) are deep trees, too.
    if (part) whole.depth = std::max(whole.depth, part->depth + 1);
    if (whole.depth > 2 * deepestExpression) m_words.refuse("an expression is nested too deep, or too long");
    whole.parts.push_back(std::move(part));
}

ExpressionPtr ExpressionParser::expression()
{
    const Nesting nesting(*this);
    return conditional();
}

ExpressionPtr ExpressionParser::withoutCondition()
{
    const Nesting nesting(*this);
    return disjunction();
}

ExpressionPtr ExpressionParser::several(bool conditions)
{
    const int line = m_words.line();
    const auto one = [&] { return conditions ? expression() : withoutCondition(); };
    ExpressionPtr first = one();
    if (!m_words.isSymbol(",")) return first;
    ExpressionPtr tuple = make(ExpressionKind::Tuple, line);
    add(*tuple, std::move(first));
    while (m_words.takeSymbol(",")) {
        const TokenKind next = m_words.current().kind;
        if (next == TokenKind::PrintEnd || next == TokenKind::BlockEnd || m_words.isSymbol(")")) break;
        add(*tuple, one());
    }
    return tuple;
}

ExpressionPtr ExpressionParser::conditional()
{
    ExpressionPtr value = disjunction();
    while (m_words.isName("if")) {
        ExpressionPtr choice = make(ExpressionKind::Conditional, m_words.take().line);
        add(*choice, disjunction());
        add(*choice, std::move(value));
        add(*choice, m_words.takeName("else") ? expression() : nullptr);
        value = std::move(choice);
    }
    return value;
}

ExpressionPtr ExpressionParser::disjunction()
{
    ExpressionPtr left = conjunction();
    while (m_words.isName("or")) {
        ExpressionPtr whole = make(ExpressionKind::Or, m_words.take().line);
        add(*whole, std::move(left));
        add(*whole, conjunction());
        left = std::move(whole);
    }
    return left;
}

ExpressionPtr ExpressionParser::conjunction()
{
    ExpressionPtr left = negation();
    while (m_words.isName("and")) {
        ExpressionPtr whole = make(ExpressionKind::And, m_words.take().line);
        add(*whole, std::move(left));
        add(*whole, negation());
        left = std::move(whole);
    }
    return left;
}

ExpressionPtr ExpressionParser::negation()
{
    if (!m_words.isName("not")) return comparison();
    const Nesting nesting(*this);
    ExpressionPtr whole = make(ExpressionKind::Not, m_words.take().line);
    add(*whole, negation());
    return whole;
}

ExpressionPtr ExpressionParser::comparison()
{
    const int line = m_words.line();
    ExpressionPtr first = binary(0);
    ExpressionPtr whole;
    while (const auto what = comparisonHere(m_words)) {
        if (!whole) {
            whole = make(ExpressionKind::Comparison, line);
            add(*whole, std::move(first));
        }
        whole->comparisons.push_back(*what);
        add(*whole, binary(0));
    }
    return whole ? std::move(whole) : std::move(first);
}

ExpressionPtr ExpressionParser::binary(std::size_t level)
{
    const auto operand = [&] { return level + 1 < operatorLevels.size() ? binary(level + 1) : unary(true); };
    ExpressionPtr left = operand();
    while (const auto what = operatorHere(m_words, level)) {
        ExpressionPtr whole = make(ExpressionKind::Binary, m_words.take().line);
        whole->operation = *what;
        add(*whole, std::move(left));
        add(*whole, operand());
        left = std::move(whole);
    }
    return left;
}

ExpressionPtr ExpressionParser::unary(bool withFilters)
{
    const Nesting nesting(*this);
    ExpressionPtr operand;
    if (m_words.isSymbol("-") || m_words.isSymbol("+")) {
        const Word sign = m_words.take();
        operand = make(sign.name == "-" ? ExpressionKind::Negative : ExpressionKind::Positive, sign.line);
        add(*operand, unary(false));
    } else {
        operand = primary();
    }
    operand = postfix(std::move(operand));
    return withFilters ? filtered(std::move(operand)) : std::move(operand);
}

} // namespace headlens::text::chat
