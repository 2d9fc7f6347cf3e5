// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine says of models on this computer, in the language of the window; names and facts stay as they are.
#pragma once

#include "core/wire/verbs_model.h"

#include <QString>

#include <string>

namespace headlens {

QString foundText(const std::string& text);
QString sentenceOf(const verbs::Sentence& sentence);

} // namespace headlens
