// SPDX-License-Identifier: GPL-3.0-or-later
// What of a token is shown, and how tokens join to words: without the marks of its vocabulary (WordPiece ##, byte-level
// Ġ, SentencePiece ▁, CLIP's </w>). Plain.
#pragma once

#include "core/wire/verbs.h"

#include <QString>

#include <vector>

namespace headlens {

struct TokenPiece {
    QString text;
    bool joined = false; // goes on with the word before it: no gap
    bool dim = false;    // a mark of the model, or nothing but blanks
    bool ends = false;   // a line of the text ends behind it
    int folded = 0;      // the first of so many patches of a picture that stand as one chip; -1: another of them
    bool operator==(const TokenPiece&) const = default;
};

// `blanks`: those inside of tokens are shown as well. Tokens that are patches are folded where there are many.
std::vector<TokenPiece> piecesOf(const verbs::Stream& stream, bool blanks);

} // namespace headlens
