// SPDX-License-Identifier: GPL-3.0-or-later
// Names of places in a trace, the same in lessons, links and checks: "blk3.h2.attn[row=cls]" is the row of the class
// token in head 2 of block 3, "blk1.hmean.attn[row=dec:last,col=enc:word(four)]" one weight, "tok(word(cat))" a token.
#pragma once

#include "core/base/token_place.h"
#include "core/wire/verbs.h"

#include <optional>
#include <string>
#include <string_view>

namespace headlens {

// Which token: "cls", "last", a number, "word(cat)" (the first piece of a text that reads so), "patch(row,column)";
// with the stream in front where there are several: "enc:", "dec:", "text:", "vision:".
struct TokenName {
    enum class Kind : std::uint8_t { Number, Class, Last, Word, Patch };
    Kind kind = Kind::Number;
    int number = 0, column = 0; // the row of a patch is its number
    std::string word, stream;   // stream: "encoder", "decoder", "text", "vision"; empty: the first that fits
};

struct Address {
    int block = -1; // -1: a token alone
    int head = -1;  // -1: the mean of all heads
    TokenName row;
    std::optional<TokenName> column;
};

// Throws Error(BadRequest) naming the text.
TokenName parseToken(std::string_view text);
Address parseAddress(std::string_view text);

// Where a token of the input is. `stream` is taken where the name says none; -1: the first stream that has such a
// token. Throws Error(BadRequest) for words, patches and streams that do not exist.
TokenPlace placeOf(const TokenName& name, const verbs::ModelInfo& model, const verbs::InputInfo& input,
                   int stream = -1);

// A piece without the marks of its vocabulary ("Ġthe", "▁a", "cat</w>", "##ing").
std::string plainPiece(const std::string& piece);

} // namespace headlens
