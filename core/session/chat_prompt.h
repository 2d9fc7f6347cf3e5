// SPDX-License-Identifier: GPL-3.0-or-later
// A question as the model was trained to be asked: through its chat template, a picture's mark where it belongs.
#pragma once

#include "core/models/transformer_model.h"
#include "core/text/chat/model_chat.h"
#include "core/text/tokenizer.h"

#include <optional>
#include <string>

namespace headlens {

// What the model at `path` brings, else how its family is usually asked (TextFacts::usualChat); nothing where neither
// is there. Throws Error(BadConfig) for damaged files.
std::optional<ModelChat> chatOf(const std::string& path, const TextFacts& facts);

struct Asked {
    std::string question, system;
    bool withPicture = false;
};

struct ChatPrompt {
    std::string text;
    bool addsMarks = false; // the tokenizer still adds its own: the template wrote none
};

// Throws Error(BadRequest) where the template refuses the messages, Error(BadConfig) where it does not parse or loops.
ChatPrompt chatPrompt(const ModelChat& chat, const ModelFacts& facts, const Tokenizer& tokenizer, const Asked& asked);

} // namespace headlens
