// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a template into plain text and the words within its tags, with trim_blocks and lstrip_blocks as chat templates
// are written for: the newline behind a block or comment goes, and so does the space before one on its line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headlens::text::chat {

enum class TokenKind : std::uint8_t {
    Data,       // plain text: `text`
    PrintBegin, // {{
    PrintEnd,
    BlockBegin, // {%
    BlockEnd,
    Name,     // `name`
    Symbol,   // `name`: "==", "(" ...
    String,   // `text`, without its quotes and escapes
    Integer,  // `integer`
    Real,     // `real`
    Finished, // behind the last one
};

struct Word {
    TokenKind kind = TokenKind::Finished;
    int line = 1;
    std::string name = {};
    std::u32string text = {};
    std::int64_t integer = 0;
    double real = 0;
};

// A template that cannot be read: the line, from 1, and why.
struct SyntaxProblem {
    int line;
    std::string why;
};

// The last one is Finished. Throws SyntaxProblem.
std::vector<Word> wordsOf(std::u32string_view source);

} // namespace headlens::text::chat
