// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside a vocabulary: tokenizer_config.json, special_tokens_map.json, added_tokens.json, config.json.
#pragma once

#include "core/text/pipeline.h"
#include "core/wire/safe_json.h"

namespace headlens::text {

struct Settings {
    Json config = Json::object();  // tokenizer_config.json
    Json special = Json::object(); // special_tokens_map.json
    Json added = Json::object();   // added_tokens.json: pieces and ids
    std::string modelType;         // of config.json: "clip", "siglip" ...
    std::string subject = "tokenizer_config.json";

    // "CLIP", "Bert" ...: tokenizer_class without "Tokenizer" and "Fast", else told from modelType; else empty.
    std::string family() const;
    // The text of "pad_token" and its like, from either file; empty where neither names it.
    std::string token(const char* key) const;
    bool flag(const char* key, bool fallback) const;
    // model_max_length; 0 when absent or the "very large integer" that stands for none.
    int trainedLength() const;
    // The roles of special tokens that the files name.
    SpecialNames names() const;
    // added_tokens.json and "added_tokens_decoder". Throws Error(BadConfig) for damaged ones.
    std::vector<AddedToken> addedTokens() const;
};

} // namespace headlens::text
