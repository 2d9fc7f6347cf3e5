// SPDX-License-Identifier: GPL-3.0-or-later
// A template's text into its tree.
#pragma once

#include "core/text/chat/lexer.h"
#include "core/text/chat/syntax.h"

#include <initializer_list>

namespace headlens::text::chat {

// Throws SyntaxProblem.
Body parsed(std::u32string_view source);

// The words of a template, one after the other.
class Words {
public:
    explicit Words(std::vector<Word> words) : m_words(std::move(words)) {}

    const Word& current() const { return m_words[m_at]; }
    const Word& ahead() const { return m_words[std::min(m_at + 1, m_words.size() - 1)]; }
    int line() const { return current().line; }
    bool isSymbol(std::string_view symbol) const { return is(TokenKind::Symbol, symbol); }
    bool isName(std::string_view name) const { return is(TokenKind::Name, name); }
    bool isNameOf(std::initializer_list<std::string_view> names) const;
    Word take();
    bool takeSymbol(std::string_view symbol) { return isSymbol(symbol) && skip(); }
    bool takeName(std::string_view name) { return isName(name) && skip(); }
    void expectSymbol(std::string_view symbol);
    void expectName(std::string_view name);
    void expect(TokenKind kind);
    std::string name();
    // Throws SyntaxProblem: what stands here, and what is expected.
    [[noreturn]] void unexpected(const std::string& wanted = {}) const;
    [[noreturn]] void refuse(const std::string& why) const { throw SyntaxProblem{line(), why}; }

private:
    bool is(TokenKind kind, std::string_view name) const { return current().kind == kind && current().name == name; }
    bool skip();

    std::vector<Word> m_words;
    std::size_t m_at = 0;
};

// Precedence, from loose to tight: if else, or, and, not, comparisons, + -, ~, * / // %, **, unary, then what stands
// behind an operand: . [] () | is.
class ExpressionParser {
public:
    explicit ExpressionParser(Words& words) : m_words(words) {}

    ExpressionPtr expression();
    // Without "if": what {% for %} goes through.
    ExpressionPtr withoutCondition();
    // Several with commas between them are a tuple.
    ExpressionPtr several(bool conditions = true);
    // "| name(arguments) | name" behind `input`, which may be none at all.
    ExpressionPtr filters(ExpressionPtr input);
    // "name(arguments)", the filter that stands first in {% filter %}.
    ExpressionPtr firstFilter(ExpressionPtr input) { return filter(std::move(input)); }

private:
    friend class Nesting;

    ExpressionPtr conditional();
    ExpressionPtr disjunction();
    ExpressionPtr conjunction();
    ExpressionPtr negation();
    ExpressionPtr comparison();
    ExpressionPtr binary(std::size_t level);
    ExpressionPtr unary(bool filtered);
    ExpressionPtr primary();
    ExpressionPtr named();
    ExpressionPtr parenthesized();
    ExpressionPtr list();
    ExpressionPtr mapping();
    ExpressionPtr called(ExpressionPtr function);
    ExpressionPtr postfix(ExpressionPtr operand);
    ExpressionPtr member(ExpressionPtr object);
    ExpressionPtr subscript(ExpressionPtr object);
    ExpressionPtr filtered(ExpressionPtr operand);
    ExpressionPtr filter(ExpressionPtr input);
    ExpressionPtr test(ExpressionPtr input);
    void arguments(Expression& call);
    std::string dottedName();
    ExpressionPtr make(ExpressionKind kind, int line) const;
    void add(Expression& whole, ExpressionPtr part) const;

    Words& m_words;
    int m_depth = 0;
};

} // namespace headlens::text::chat
