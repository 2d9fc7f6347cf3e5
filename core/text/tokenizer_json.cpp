// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tokenizer_json.h"

#include "core/text/component_json.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace headlens::text {
namespace {

std::pair<std::string, std::string> mergeOf(const Json& json, const std::string& subject)
{
    if (json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string())
        return {json[0].get<std::string>(), json[1].get<std::string>()};
    if (json.is_string())
        if (auto merge = mergeIn(json.get_ref<const std::string&>())) return *merge;
    damaged(subject, "the merge " + json.dump().substr(0, 80) + " is no pair of pieces");
}

ModelPtr parseBpe(const Json& json, const std::string& subject)
{
    const JsonFields fields(json, subject);
    BpeRules rules;
    if (fields.present("unk_token")) rules.unknown = fields.text("unk_token", "");
    rules.prefix = fields.text("continuing_subword_prefix", "");
    rules.suffix = fields.text("end_of_word_suffix", "");
    rules.fuseUnknown = fields.flag("fuse_unk", false);
    rules.byteFallback = fields.flag("byte_fallback", false);
    rules.ignoreMerges = fields.flag("ignore_merges", false);
    const Json& list = json.contains("merges") ? json["merges"] : Json::array();
    if (!list.is_array()) damaged(subject, "merges is no list");
    Merges merges;
    merges.reserve(list.size());
    for (const Json& merge : list) merges.push_back(mergeOf(merge, subject));
    return bpeModel(parseVocabulary(json.value("vocab", Json()), subject), merges, rules, subject);
}

ModelPtr parseWordPiece(const Json& json, const std::string& subject)
{
    const JsonFields fields(json, subject);
    WordPieceRules rules;
    rules.unknown = fields.text("unk_token", rules.unknown);
    rules.prefix = fields.text("continuing_subword_prefix", rules.prefix);
    rules.longestWord = int(fields.integer("max_input_chars_per_word", rules.longestWord, 0, INT32_MAX));
    return wordPieceModel(parseVocabulary(json.value("vocab", Json()), subject), rules, subject);
}

// The reference's JSON reader (serde_json) rounds twice: the digits to a double, then their quotient by a power of ten.
// The last bit decides between cuts of the same pieces in another order, "." ".." or ".." ".".
double scoreIn(const Json& json)
{
    const double exact = json.get<double>();
    std::array<char, 32> text{};
    const auto [end, failure] =
        std::to_chars(text.data(), text.data() + text.size(), std::abs(exact), std::chars_format::scientific);
    const char* const letter = std::find(text.data(), end, 'e');
    std::uint64_t digits = 0;
    int behind = 0; // digits behind the point
    for (const char* at = text.data(); at != letter; ++at) {
        if (*at == '.') continue;
        digits = digits * 10 + std::uint64_t(*at - '0');
        behind += at > text.data() + 1 ? 1 : 0;
    }
    int exponent = 0;
    std::from_chars(letter + (letter[1] == '+' ? 2 : 1), end, exponent);
    exponent -= behind;
    const double power = std::pow(10.0, std::abs(exponent));
    const double read = exponent < 0 ? double(digits) / power : double(digits) * power;
    return std::isfinite(read) ? std::copysign(read, exact) : exact;
}

ModelPtr parseUnigram(const Json& json, const std::string& subject)
{
    const JsonFields fields(json, subject);
    const Json list = json.value("vocab", Json());
    if (!list.is_array() || list.size() > std::size_t(Vocabulary::largestId))
        damaged(subject, "the vocabulary is no list of pieces and scores");
    std::vector<ScoredPiece> pieces;
    pieces.reserve(list.size());
    for (const Json& entry : list) {
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_number() ||
            !std::isfinite(entry[1].get<double>()))
            damaged(subject, "an entry of the vocabulary is no [piece, score]");
        pieces.push_back({entry[0].get<std::string>(), scoreIn(entry[1])});
    }
    UnigramRules rules;
    rules.unknown = int(fields.integer("unk_id", -1, 0, Vocabulary::largestId));
    rules.byteFallback = fields.flag("byte_fallback", false);
    if (rules.unknown >= int(pieces.size())) damaged(subject, "unk_id is outside the vocabulary");
    return unigramModel(pieces, rules, subject);
}

// Files before 2020 do not say the type; their fields do.
std::string modelType(const Json& json, const std::string& subject)
{
    if (!json.is_object()) damaged(subject, "it has no model");
    if (json.contains("type")) return typeOf(json, "model", subject);
    if (json.contains("merges")) return "BPE";
    if (json.contains("vocab") && json["vocab"].is_array()) return "Unigram";
    return json.contains("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
}

ModelPtr parseModel(const Json& json, const std::string& subject)
{
    const std::string type = modelType(json, subject);
    if (type == "BPE") return parseBpe(json, subject);
    if (type == "WordPiece") return parseWordPiece(json, subject);
    if (type == "Unigram") return parseUnigram(json, subject);
    if (type == "WordLevel")
        return wordLevelModel(parseVocabulary(json.value("vocab", Json()), subject),
                              JsonFields(json, subject).text("unk_token", "<unk>"), subject);
    unknownType("model", type, subject);
}

AddedToken parseAdded(const Json& json, const std::string& subject)
{
    if (!json.is_object()) damaged(subject, "an added token is no object");
    const JsonFields fields(json, subject);
    AddedToken token;
    token.content = fields.text("content", "");
    token.id = idIn(json.value("id", Json()), subject);
    token.singleWord = fields.flag("single_word", false);
    token.lstrip = fields.flag("lstrip", false);
    token.rstrip = fields.flag("rstrip", false);
    token.special = fields.flag("special", false);
    token.normalized = fields.flag("normalized", !token.special);
    if (token.content.size() > Trie::longestKey)
        damaged(subject, "an added token is longer than " + std::to_string(Trie::longestKey) + " bytes");
    return token;
}

// The model's own id counts where it has the token, else the next free one, whatever the file says: the reference
// does so, and warns.
std::vector<AddedToken> parseAddedTokens(const Json& list, const Vocabulary& vocabulary, int count,
                                         const std::string& subject)
{
    std::vector<AddedToken> tokens;
    if (list.is_null()) return tokens;
    if (!list.is_array()) damaged(subject, "added_tokens is no list");
    std::map<std::string, int> ids;
    int largest = -1;
    for (const Json& entry : list) {
        AddedToken token = parseAdded(entry, subject);
        if (token.content.empty()) continue;
        const auto own = vocabulary.idOf(token.content);
        const auto before = ids.find(token.content);
        token.id = before != ids.end() ? before->second : own ? *own : std::max(largest + 1, count);
        largest = std::max(largest, token.id);
        ids[token.content] = token.id;
        tokens.push_back(std::move(token));
    }
    return tokens;
}

} // namespace

Vocabulary parseVocabulary(const Json& json, const std::string& subject)
{
    if (!json.is_object()) damaged(subject, "the vocabulary is no object of pieces and ids");
    Vocabulary vocabulary;
    for (const auto& [piece, id] : json.items()) vocabulary.add(piece, idIn(id, subject));
    return vocabulary;
}

Parts parseTokenizerJson(std::string_view bytes, const std::string& subject)
{
    JsonLimits limits;
    limits.bytes = largestTokenizerFile;
    const Json json = parseJsonObject(bytes, subject, limits);
    Parts parts;
    parts.normalizer = parseNormalizer(json.value("normalizer", Json()), subject);
    parts.preTokenizer = parsePreTokenizer(json.value("pre_tokenizer", Json()), subject);
    parts.post = parsePostProcessor(json.value("post_processor", Json()), subject);
    parts.decoder = parseDecoder(json.value("decoder", Json()), subject);
    const Json model = json.value("model", Json());
    parts.model = parseModel(model, subject);
    // A Unigram list may hold a piece twice, and both count.
    const Vocabulary& vocabulary = parts.model->vocabulary();
    const int count = modelType(model, subject) == "Unigram" ? vocabulary.size() : vocabulary.count();
    parts.added = parseAddedTokens(json.value("added_tokens", Json()), vocabulary, count, subject);
    const Json padding = json.value("padding", Json());
    if (padding.is_object()) parts.special.pad = JsonFields(padding, subject).text("pad_token", "");
    return parts;
}

} // namespace headlens::text
