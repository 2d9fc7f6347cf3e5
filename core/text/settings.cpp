// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/settings.h"

#include "core/text/component_json.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace headlens::text {
namespace {

// "pad_token": "<pad>" or {"content": "<pad>", ...}.
std::string tokenIn(const Json& json, const char* key)
{
    if (!json.contains(key)) return {};
    const Json& value = json[key];
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object() && value.contains("content") && value["content"].is_string())
        return value["content"].get<std::string>();
    return {};
}

std::string withoutEnding(std::string name, std::string_view ending)
{
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
    return name;
}

void requireLength(const std::string& content, const std::string& subject)
{
    if (content.size() > Trie::longestKey)
        damaged(subject, "an added token is longer than " + std::to_string(Trie::longestKey) + " bytes");
}

AddedToken decoderEntry(const std::string& key, const Json& json, const std::string& subject)
{
    AddedToken token;
    const auto [end, failure] = std::from_chars(key.data(), key.data() + key.size(), token.id);
    if (failure != std::errc() || end != key.data() + key.size() || token.id < 0 || token.id > Vocabulary::largestId)
        damaged(subject, "added_tokens_decoder holds the id \"" + key.substr(0, 40) + "\"");
    if (!json.is_object()) damaged(subject, "an added token is no object");
    const JsonFields fields(json, subject);
    token.content = fields.text("content", "");
    token.singleWord = fields.flag("single_word", false);
    token.lstrip = fields.flag("lstrip", false);
    token.rstrip = fields.flag("rstrip", false);
    token.special = fields.flag("special", false);
    token.normalized = fields.flag("normalized", !token.special);
    requireLength(token.content, subject);
    return token;
}

} // namespace

std::string Settings::family() const
{
    const std::string given = tokenIn(config, "tokenizer_class");
    if (!given.empty()) return withoutEnding(withoutEnding(given, "Fast"), "Tokenizer");
    static constexpr std::array<std::pair<const char*, const char*>, 16> known{{{"bert", "Bert"},
                                                                                {"distilbert", "DistilBert"},
                                                                                {"vilt", "Bert"},
                                                                                {"blip", "Blip"},
                                                                                {"gpt2", "GPT2"},
                                                                                {"clip", "CLIP"},
                                                                                {"roberta", "Roberta"},
                                                                                {"bart", "Bart"},
                                                                                {"t5", "T5"},
                                                                                {"mt5", "T5"},
                                                                                {"siglip", "Siglip"},
                                                                                {"marian", "Marian"},
                                                                                {"electra", "Electra"},
                                                                                {"mobilebert", "MobileBert"},
                                                                                {"distilgpt2", "GPT2"},
                                                                                {"longformer", "Longformer"}}};
    for (const auto& [type, name] : known)
        if (modelType == type) return name;
    return {};
}

std::string Settings::token(const char* key) const
{
    const std::string first = tokenIn(special, key);
    return first.empty() ? tokenIn(config, key) : first;
}

bool Settings::flag(const char* key, bool fallback) const
{
    return JsonFields(config, subject).flag(key, fallback);
}

int Settings::trainedLength() const
{
    if (!config.contains("model_max_length") || !config["model_max_length"].is_number()) return 0;
    const double length = config["model_max_length"].get<double>();
    return length >= 1 && length <= 1e9 ? int(length) : 0;
}

SpecialNames Settings::names() const
{
    SpecialNames names;
    names.pad = token("pad_token");
    names.unknown = token("unk_token");
    names.begin = token("cls_token");
    if (names.begin.empty()) names.begin = token("bos_token");
    names.end = token("sep_token");
    if (names.end.empty()) names.end = token("eos_token");
    names.mask = token("mask_token");
    return names;
}

std::vector<AddedToken> Settings::addedTokens() const
{
    std::vector<AddedToken> tokens;
    for (const auto& [content, id] : added.items()) {
        requireLength(content, "added_tokens.json");
        AddedToken token;
        token.content = content;
        token.id = idIn(id, "added_tokens.json");
        token.normalized = true;
        tokens.push_back(std::move(token));
    }
    if (config.contains("added_tokens_decoder") && config["added_tokens_decoder"].is_object())
        for (const auto& [id, entry] : config["added_tokens_decoder"].items())
            tokens.push_back(decoderEntry(id, entry, subject));
    return tokens;
}

} // namespace headlens::text
