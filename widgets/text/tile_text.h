// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a tile.
#pragma once

#include "widgets/text/tiles.h"

#include <QString>

namespace headlens {

QString badgeOf(TileKind kind); // one letter; empty of a word
// The words nearest to an injected vector; empty of a word.
QString nearTo(const std::vector<verbs::TextToken>& tokens, int token);
// Everything that is known of it; `value`: of its attention.
QString sentenceOf(const std::vector<verbs::TextToken>& tokens, int token, std::optional<float> value);

} // namespace headlens
