// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/legacy_files.h"

#include "core/text/component_json.h"
#include "core/text/tokenizer_json.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>

namespace headlens::text {
namespace {

// Lines without their ends; an empty last line is none.
std::vector<std::string> linesOf(std::string_view bytes)
{
    std::vector<std::string> lines;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(toUtf8(decodeUtf8(line)));
    }
    return lines;
}

bool isBertLike(const std::string& family)
{
    static constexpr std::array<const char*, 13> known{
        "",     "PreTrained", "Bert",     "DistilBert", "MobileBert", "Electra",    "Blip",
        "Vilt", "ConvBert",   "LayoutLM", "Lxmert",     "Funnel",     "SqueezeBert"};
    return std::find(known.begin(), known.end(), family) != known.end();
}

// Uncased vocabularies have capital letters in [CLS] and its like only.
bool hasCapitals(const Vocabulary& vocabulary)
{
    for (int id = 0; id < vocabulary.size(); ++id) {
        const std::string& piece = vocabulary.piece(id);
        if (piece.starts_with('[') && piece.ends_with(']')) continue;
        if (std::any_of(piece.begin(), piece.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return true;
    }
    return false;
}

Merges mergesOf(std::string_view bytes, std::size_t most)
{
    Merges merges;
    for (const std::string& line : linesOf(bytes)) {
        if (line.empty() || line.starts_with("#version")) continue;
        if (merges.size() == most) break;
        auto merge = mergeIn(line);
        if (!merge) damaged("merges.txt", "the line \"" + line.substr(0, 80) + "\" is no pair of pieces");
        merges.push_back(std::move(*merge));
    }
    return merges;
}

Vocabulary vocabularyOf(std::string_view bytes)
{
    JsonLimits limits;
    limits.bytes = largestTokenizerFile;
    return parseVocabulary(parseJsonObject(bytes, "vocab.json", limits), "vocab.json");
}

void finishClip(Parts& parts, const Settings& settings)
{
    parts.normalizer =
        normalizerSequence({unicodeForm(Form::Nfc), replaceNormalizer(Pattern::regex(R"(\s+)", "vocab.json"), U" "),
                            lowercaseNormalizer()});
    parts.preTokenizer = preTokenizerSequence(
        {splitPreTokenizer(Pattern::regex(R"('s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)", "vocab.json"),
                           Behavior::Removed, true),
         byteLevelPreTokenizer(false, true)});
    const std::string end = "<|endoftext|>";
    finish(parts, settings, {end, end, "<|startoftext|>", end, {}}, {});
    const auto sep = namedIn(parts, parts.special.end);
    parts.post.steps = {around(namedIn(parts, parts.special.begin), sep, sep, 0)};
}

void finishRoberta(Parts& parts, const Settings& settings)
{
    const bool prefixSpace = settings.flag("add_prefix_space", false);
    parts.preTokenizer = byteLevelPreTokenizer(prefixSpace, true);
    finish(parts, settings, {"<pad>", "<unk>", "<s>", "</s>", "<mask>"}, {});
    for (AddedToken& token : parts.added) token.lstrip |= token.content == parts.special.mask;
    const auto sep = namedIn(parts, parts.special.end);
    PostStep step = around(namedIn(parts, parts.special.begin), sep, sep, 0);
    step.trimSpans = prefixSpace;
    parts.post.steps = {std::move(step)};
}

void finishGpt2(Parts& parts, const Settings& settings)
{
    parts.preTokenizer = byteLevelPreTokenizer(settings.flag("add_prefix_space", false), true);
    const std::string end = "<|endoftext|>";
    finish(parts, settings, {{}, end, end, end, {}}, {});
    if (settings.flag("add_bos_token", false)) {
        const auto begin = namedIn(parts, parts.special.begin);
        parts.post.steps = {around(begin, {}, begin, 1)};
    }
}

std::string bpeFamily(const Vocabulary& vocabulary, const Settings& settings)
{
    const std::string family = settings.family();
    if (!family.empty() && family != "PreTrained") return family;
    if (vocabulary.idOf("<|startoftext|>")) return "CLIP";
    return vocabulary.idOf("<mask>") && vocabulary.idOf("<s>") ? "Roberta" : "GPT2";
}

} // namespace

std::optional<NamedId> namedIn(const Parts& parts, const std::string& piece)
{
    for (const AddedToken& token : parts.added)
        if (token.content == piece) return NamedId(token.id, piece);
    const auto id = parts.model->vocabulary().idOf(piece);
    return id ? std::optional(NamedId(*id, piece)) : std::nullopt;
}

void finish(Parts& parts, const Settings& settings, const SpecialNames& defaults, std::vector<std::string> special)
{
    parts.trainedLength = settings.trainedLength();
    parts.special = settings.names();
    for (const auto role :
         {&SpecialNames::pad, &SpecialNames::unknown, &SpecialNames::begin, &SpecialNames::end, &SpecialNames::mask}) {
        if ((parts.special.*role).empty()) parts.special.*role = defaults.*role;
        special.push_back(parts.special.*role);
    }
    for (const Json* json : {&settings.special, &settings.config})
        if (const auto list = json->find("additional_special_tokens"); list != json->end() && list->is_array())
            for (const Json& token : *list)
                if (token.is_string()) special.push_back(token.get<std::string>());
    parts.added = settings.addedTokens();
    for (const std::string& content : special) {
        if (content.empty() || content.size() > Trie::longestKey) continue;
        const auto known = std::find_if(parts.added.begin(), parts.added.end(),
                                        [&](const AddedToken& token) { return token.content == content; });
        if (known != parts.added.end()) {
            known->special = true;
            known->normalized = false;
        } else if (const auto id = parts.model->vocabulary().idOf(content)) {
            parts.added.push_back({content, *id, false, false, false, false, true});
        }
    }
}

Parts wordPieceParts(std::string_view vocabularyBytes, const Settings& settings)
{
    const std::string family = settings.family();
    if (!isBertLike(family)) unknownType("tokenizer class", family, settings.subject);
    Vocabulary vocabulary;
    const std::vector<std::string> lines = linesOf(vocabularyBytes);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!vocabulary.add(lines[i], static_cast<long long>(i)))
            damaged("vocab.txt", "it has more than 4 million lines");
    Parts parts;
    BertRules rules;
    rules.spaceChinese = settings.flag("tokenize_chinese_chars", true);
    rules.lower = settings.flag("do_lower_case", !hasCapitals(vocabulary));
    if (JsonFields(settings.config, settings.subject).present("strip_accents"))
        rules.stripAccents = settings.flag("strip_accents", false);
    parts.normalizer = bertNormalizer(rules);
    parts.preTokenizer = bertPreTokenizer();
    WordPieceRules pieces;
    if (const std::string unknown = settings.token("unk_token"); !unknown.empty()) pieces.unknown = unknown;
    parts.model = wordPieceModel(std::move(vocabulary), pieces, "vocab.txt");
    parts.decoder = wordPieceDecoder("##", true);
    finish(parts, settings, {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}, {});
    // BLIP's text model knows two tokens more than its vocab.txt.
    if (family == "Blip" || settings.modelType == "blip")
        for (const char* name : {"[DEC]", "[ENC]"})
            if (!namedIn(parts, name))
                parts.added.push_back(
                    {name, int(lines.size()) + (name[1] == 'D' ? 0 : 1), false, false, false, false, true});
    parts.post.steps = {around(namedIn(parts, parts.special.begin), namedIn(parts, parts.special.end), {}, 1)};
    return parts;
}

Parts bpeParts(std::string_view vocabularyBytes, std::string_view mergesBytes, const Settings& settings)
{
    Vocabulary vocabulary = vocabularyOf(vocabularyBytes);
    const std::string family = bpeFamily(vocabulary, settings);
    const bool clip = family == "CLIP";
    constexpr std::size_t clipMerges = 49152 - 256 - 2; // OpenAI's list goes on, its tokenizer stops there
    const Merges merges = mergesOf(mergesBytes, clip ? clipMerges : std::size_t(Vocabulary::largestId));
    BpeRules rules;
    const std::string unknown = settings.token("unk_token");
    if (clip) {
        rules.suffix = "</w>";
        rules.unknown = unknown.empty() ? "<|endoftext|>" : unknown;
    }
    Parts parts;
    parts.model = bpeModel(std::move(vocabulary), merges, rules, "vocab.json");
    parts.decoder = byteLevelDecoder();
    if (clip)
        finishClip(parts, settings);
    else if (family == "Roberta" || family == "Bart" || family == "Longformer" || family == "LED")
        finishRoberta(parts, settings);
    else if (family == "GPT2" || family == "GPTNeo")
        finishGpt2(parts, settings);
    else
        unknownType("tokenizer class", family, settings.subject);
    return parts;
}

} // namespace headlens::text
