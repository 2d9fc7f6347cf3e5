// SPDX-License-Identifier: GPL-3.0-or-later
// A sentence of words and injected vectors as numbers: what each tile is, where tiles lie, and the text without or with
// another of them. Values only, any thread.
#pragma once

#include "core/wire/verbs.h"

#include <optional>
#include <string>
#include <vector>

namespace headlens {

enum class TileKind : int { Word, Image, State, Object };
TileKind kindOf(const verbs::TextToken& token);
bool hasInjected(const std::vector<verbs::TextToken>& tokens);

inline constexpr int kPatchesASide = 4; // of the picture of a run of image tiles

// Which patch an image tile shows, row by row; -1 for others.
int patchOf(const std::vector<verbs::TextToken>& tokens, int token);

struct TilePlace {
    double left = 0, top = 0, width = 0;
};
// From left to right, a new line where the next tile would pass `right`; `step`: from line to line.
std::vector<TilePlace> wrapTiles(const std::vector<double>& widths, double margin, double right, double gap,
                                 double step);

// "red@b3" (on the table) or "red^b3" (on another block) into its parts; nothing for other words.
struct StateWord {
    std::string colour, cell;
    bool upper = false;
    std::string text() const { return colour + (upper ? "^" : "@") + cell; }
};
std::optional<StateWord> stateWordOf(const std::string& word);
const std::vector<std::string>& stateColours();
const std::vector<std::string>& stateCells(); // "a1" to "d4"

// The typed text with the word of a token replaced; "" takes it out. Nothing where the word does not stand in the text.
std::optional<std::string> withWordOf(const std::string& text, const std::vector<verbs::TextToken>& tokens, int token,
                                      const std::string& word);

} // namespace headlens
