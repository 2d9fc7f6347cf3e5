// SPDX-License-Identifier: GPL-3.0-or-later
// Normalizers and pre-tokenizers as tokenizer.json names them.
#include "core/text/component_json.h"

#include "core/base/error.h"
#include "core/text/base64.h"
#include "core/text/normalizers.h"
#include "core/text/pre_tokenizers.h"
#include "core/text/vocabulary.h"
#include "core/wire/safe_json.h"

#include <array>
#include <utility>

namespace headlens::text {
namespace {

BertRules bertRules(const Json& json, const JsonFields& fields)
{
    BertRules rules;
    rules.clean = fields.flag("clean_text", true);
    rules.spaceChinese = fields.flag("handle_chinese_chars", true);
    rules.lower = fields.flag("lowercase", true);
    if (json.contains("strip_accents") && !json["strip_accents"].is_null())
        rules.stripAccents = fields.flag("strip_accents", false);
    return rules;
}

Behavior behaviorOf(const std::string& name, const std::string& subject)
{
    static constexpr std::array<std::pair<const char*, Behavior>, 5> known{
        {{"Removed", Behavior::Removed},
         {"Isolated", Behavior::Isolated},
         {"MergedWithPrevious", Behavior::MergedWithPrevious},
         {"MergedWithNext", Behavior::MergedWithNext},
         {"Contiguous", Behavior::Contiguous}}};
    for (const auto& [text, behavior] : known)
        if (name == text) return behavior;
    unknownType("behavior", name, subject);
}

PreTokenizerPtr splitOf(const Json& json, const JsonFields& fields, const std::string& subject)
{
    const Behavior behavior = behaviorOf(fields.text("behavior", ""), subject);
    return splitPreTokenizer(Pattern::from(json.value("pattern", Json()), subject), behavior,
                             fields.flag("invert", false));
}

} // namespace

void damaged(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadConfig, subject, why, "check the file or download it again");
}

void unknownType(const std::string& kind, const std::string& type, const std::string& subject)
{
    throw Error(ErrorCode::UnsupportedModel, subject,
                "the " + kind + " \"" + type.substr(0, 80) + "\" is not known here",
                "use a model with another tokenizer, or report this one");
}

std::string typeOf(const Json& json, const std::string& kind, const std::string& subject)
{
    if (!json.is_object() || !json.contains("type") || !json["type"].is_string())
        damaged(subject, "a " + kind + " says no type");
    return json["type"].get<std::string>();
}

const Json& partsOf(const Json& json, const char* key, int depth, const std::string& subject)
{
    if (depth > 2) damaged(subject, "sequences stand in sequences in sequences");
    if (!json.contains(key) || !json[key].is_array() || json[key].size() > 64)
        damaged(subject, std::string(key) + " is no list of at most 64 parts");
    return json[key];
}

int idIn(const Json& json, const std::string& subject)
{
    const bool number = json.is_number_unsigned() && json.get<std::uint64_t>() <= std::uint64_t(Vocabulary::largestId);
    if (!number) damaged(subject, "the id " + json.dump().substr(0, 40) + " is no number from 0 to 4194303");
    return json.get<int>();
}

char32_t characterIn(const Json& json, const char* key, char32_t fallback, const std::string& subject)
{
    const std::u32string text = decodeUtf8(JsonFields(json, subject).text(key, toUtf8({&fallback, 1})));
    if (text.size() != 1) damaged(subject, std::string(key) + " is not one character");
    return text.front();
}

NormalizerPtr parseNormalizer(const Json& json, const std::string& subject, int depth)
{
    if (json.is_null()) return nullptr;
    const std::string type = typeOf(json, "normalizer", subject);
    const JsonFields fields(json, subject);
    static constexpr std::array<std::pair<const char*, Form>, 4> forms{
        {{"NFC", Form::Nfc}, {"NFD", Form::Nfd}, {"NFKC", Form::Nfkc}, {"NFKD", Form::Nfkd}}};
    for (const auto& [name, form] : forms)
        if (type == name) return unicodeForm(form);
    if (type == "Sequence") {
        std::vector<NormalizerPtr> parts;
        for (const Json& part : partsOf(json, "normalizers", depth, subject))
            parts.push_back(parseNormalizer(part, subject, depth + 1));
        std::erase(parts, nullptr);
        return normalizerSequence(std::move(parts));
    }
    if (type == "BertNormalizer") return bertNormalizer(bertRules(json, fields));
    if (type == "Lowercase") return lowercaseNormalizer();
    if (type == "StripAccents") return stripAccentsNormalizer();
    if (type == "Nmt") return nmtNormalizer();
    if (type == "ByteLevel") return byteLevelNormalizer();
    if (type == "Strip") return stripNormalizer(fields.flag("strip_left", true), fields.flag("strip_right", true));
    if (type == "Prepend") return prependNormalizer(decodeUtf8(fields.text("prepend", "")));
    if (type == "Replace")
        return replaceNormalizer(Pattern::from(json.value("pattern", Json()), subject),
                                 decodeUtf8(fields.text("content", "")));
    if (type == "Precompiled") {
        const auto bytes = decodeBase64(fields.text("precompiled_charsmap", ""));
        if (!bytes) damaged(subject, "precompiled_charsmap is no base64");
        // An empty map is how converters write "none".
        return bytes->empty() ? normalizerSequence({}) : precompiledNormalizer(*bytes, subject);
    }
    unknownType("normalizer", type, subject);
}

MetaspaceRules parseMetaspace(const Json& json, const std::string& subject)
{
    const JsonFields fields(json, subject);
    MetaspaceRules rules;
    rules.replacement = characterIn(json, "replacement", 0x2581, subject);
    rules.split = fields.flag("split", true);
    const bool prefix = fields.flag("add_prefix_space", true);
    const std::string scheme = fields.text("prepend_scheme", prefix ? "always" : "never");
    if (scheme == "first")
        rules.scheme = PrependScheme::First;
    else if (scheme == "never")
        rules.scheme = PrependScheme::Never;
    else if (scheme != "always")
        unknownType("prepend_scheme", scheme, subject);
    return rules;
}

PreTokenizerPtr parsePreTokenizer(const Json& json, const std::string& subject, int depth)
{
    if (json.is_null()) return nullptr;
    const std::string type = typeOf(json, "pre-tokenizer", subject);
    const JsonFields fields(json, subject);
    const auto split = [](bool (*test)(char32_t), Behavior behavior) {
        return splitPreTokenizer(Pattern::characters(test), behavior, false);
    };
    if (type == "Sequence") {
        std::vector<PreTokenizerPtr> parts;
        for (const Json& part : partsOf(json, "pretokenizers", depth, subject))
            parts.push_back(parsePreTokenizer(part, subject, depth + 1));
        std::erase(parts, nullptr);
        return preTokenizerSequence(std::move(parts));
    }
    if (type == "BertPreTokenizer") return bertPreTokenizer();
    if (type == "ByteLevel")
        return byteLevelPreTokenizer(fields.flag("add_prefix_space", true), fields.flag("use_regex", true));
    if (type == "Whitespace")
        return splitPreTokenizer(Pattern::regex(R"(\w+|[^\w\s]+)", subject), Behavior::Removed, true);
    if (type == "WhitespaceSplit") return split(isWhitespace, Behavior::Removed);
    if (type == "Punctuation") return split(isPunctuation, behaviorOf(fields.text("behavior", "Isolated"), subject));
    if (type == "Digits")
        return split(isNumber, fields.flag("individual_digits", false) ? Behavior::Isolated : Behavior::Contiguous);
    if (type == "Split") return splitOf(json, fields, subject);
    if (type == "CharDelimiterSplit")
        return splitPreTokenizer(Pattern::literal({characterIn(json, "delimiter", U' ', subject)}), Behavior::Removed,
                                 false);
    if (type == "Metaspace") {
        const MetaspaceRules rules = parseMetaspace(json, subject);
        return metaspacePreTokenizer(rules.replacement, rules.scheme, rules.split);
    }
    unknownType("pre-tokenizer", type, subject);
}

} // namespace headlens::text
