// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/parser.h"

#include "core/text/unicode.h"

#include <algorithm>

namespace headlens::text::chat {
namespace {

std::string shown(const Word& word)
{
    switch (word.kind) {
    case TokenKind::Name:
    case TokenKind::Symbol: return "'" + word.name.substr(0, 60) + "'";
    case TokenKind::String: return "the text '" + toUtf8(std::u32string_view(word.text).substr(0, 40)) + "'";
    case TokenKind::Integer: return "'" + std::to_string(word.integer) + "'";
    case TokenKind::Real: return "a number";
    case TokenKind::PrintEnd: return "'}}'";
    case TokenKind::BlockEnd: return "'%}'";
    default: return "the end of the template";
    }
}

} // namespace

bool Words::isNameOf(std::initializer_list<std::string_view> names) const
{
    return std::ranges::any_of(names, [&](std::string_view name) { return isName(name); });
}

Word Words::take()
{
    Word word = current();
    skip();
    return word;
}

bool Words::skip()
{
    if (m_at + 1 < m_words.size()) ++m_at;
    return true;
}

void Words::expectSymbol(std::string_view symbol)
{
    if (!takeSymbol(symbol)) unexpected("'" + std::string(symbol) + "'");
}

void Words::expectName(std::string_view name)
{
    if (!takeName(name)) unexpected("'" + std::string(name) + "'");
}

void Words::expect(TokenKind kind)
{
    if (current().kind != kind) unexpected(kind == TokenKind::PrintEnd ? "'}}'" : "'%}'");
    skip();
}

std::string Words::name()
{
    if (current().kind != TokenKind::Name) unexpected("a name");
    return take().name;
}

void Words::unexpected(const std::string& wanted) const
{
    refuse("unexpected " + shown(current()) + (wanted.empty() ? "" : ", expected " + wanted));
}

} // namespace headlens::text::chat
