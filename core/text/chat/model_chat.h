// SPDX-License-Identifier: GPL-3.0-or-later
// Where the chat template of a model comes from, and the texts of its special tokens, which templates name.
#pragma once

#include "core/wire/ordered_json.h"

#include <optional>
#include <string>

namespace headlens {

struct ModelChat {
    std::string source;  // the template
    std::string subject; // the file it comes from
    // "bos_token": "<s>" ...: variables of the template. A model without such a token has none here.
    OrderedJson specialTokens = OrderedJson::object();
    bool isUsual = false; // no file brings it: it is how the family is usually asked
};

// The special tokens alone, which need no template.
ModelChat specialTokensIn(const std::string& path);

// Of a GGUF file what it holds. Of a folder: chat_template.jinja, else chat_template.json (of a processor), else tokenizer_config.json, where it is a
// text or a list of {name, template}, of which "default" is taken, else that of a GGUF file in it. Nothing where no file
// has one. Throws
// Error(BadConfig ...) for damaged files.
std::optional<ModelChat> modelChatIn(const std::string& path);

} // namespace headlens
