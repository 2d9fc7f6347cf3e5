// SPDX-License-Identifier: GPL-3.0-or-later
// T5, SigLIP and Marian from their SentencePiece files; models of BPE go on to sentencePieceBpeParts().
#include "core/text/legacy_files.h"

#include "core/text/component_json.h"
#include "core/text/sentencepiece_file.h"
#include "core/text/tokenizer_json.h"
#include "core/wire/safe_json.h"

#include <algorithm>

namespace headlens::text {
namespace {

void requireUnigram(const SentencePieceFile& file, const std::string& subject)
{
    if (file.model != SentencePieceFile::ModelType::Unigram)
        unknownType("SentencePiece model type", std::to_string(int(file.model)), subject);
    if (file.unknown < 0) damaged(subject, "it has no unknown piece");
}

bool isAsciiPunctuation(char32_t c)
{
    return c < 0x80 && isPunctuation(c);
}

// Charsmap, no spaces at the end, and one mark for several spaces.
std::vector<NormalizerPtr> cleaning(const SentencePieceFile& file, const std::string& subject)
{
    std::vector<NormalizerPtr> steps;
    if (!file.charsmap.empty()) steps.push_back(precompiledNormalizer(file.charsmap, subject));
    if (!file.removeExtraSpaces) return steps;
    steps.push_back(stripNormalizer(false, true));
    steps.push_back(replaceNormalizer(Pattern::regex(" {2,}", subject), U"\u2581"));
    return steps;
}

void addSurroundings(Parts& parts, const SentencePieceFile& file)
{
    MetaspaceRules rules;
    if (!file.addDummyPrefix) rules.scheme = PrependScheme::Never;
    parts.preTokenizer = metaspacePreTokenizer(rules.replacement, rules.scheme, rules.split);
    parts.decoder = metaspaceDecoder(rules);
}

void closeWithEnd(Parts& parts)
{
    const auto end = namedIn(parts, parts.special.end);
    parts.post.steps = {around({}, end, {}, 0)};
}

int extraIds(const Settings& settings)
{
    return int(JsonFields(settings.config, settings.subject).integer("extra_ids", 100, 0, 10000));
}

Parts t5Parts(SentencePieceFile file, const Settings& settings, const std::string& subject)
{
    std::vector<std::string> extra;
    const bool own = std::any_of(file.pieces.begin(), file.pieces.end(),
                                 [](const ScoredPiece& piece) { return piece.piece == "<extra_id_0>"; });
    for (int i = own ? 0 : extraIds(settings); i-- > 0;) extra.push_back("<extra_id_" + std::to_string(i) + ">");
    for (const std::string& name : extra) file.pieces.push_back({name, 0});
    Parts parts;
    parts.model = unigramModel(file.pieces, {file.unknown, file.byteFallback}, subject);
    parts.normalizer = normalizerSequence(cleaning(file, subject));
    finish(parts, settings, {"<pad>", "<unk>", {}, "</s>", {}}, extra);
    return parts;
}

Parts siglipParts(const SentencePieceFile& file, const Settings& settings, const std::string& subject)
{
    std::vector<NormalizerPtr> steps;
    if (settings.flag("do_lower_case", true)) steps.push_back(lowercaseNormalizer());
    steps.push_back(removeNormalizer(isAsciiPunctuation));
    steps.push_back(replaceNormalizer(Pattern::regex(R"(\s+)", subject), U" "));
    steps.push_back(stripNormalizer(true, true));
    for (NormalizerPtr& step : cleaning(file, subject)) steps.push_back(std::move(step));
    Parts parts;
    parts.model = unigramModel(file.pieces, {file.unknown, file.byteFallback}, subject);
    parts.normalizer = normalizerSequence(std::move(steps));
    finish(parts, settings, {"</s>", "<unk>", {}, "</s>", {}}, {});
    return parts;
}

} // namespace

std::vector<AddedToken> ownTokens(const SentencePieceFile& file)
{
    std::vector<AddedToken> tokens;
    for (std::size_t i = 0; i < file.pieces.size(); ++i) {
        const bool control = file.types[i] == SentencePieceFile::PieceType::Control;
        if (!control && file.types[i] != SentencePieceFile::PieceType::UserDefined) continue;
        const std::string& piece = file.pieces[i].piece;
        if (piece.empty() || piece.size() > Trie::longestKey) continue;
        tokens.push_back({piece, int(i), false, false, false, false, control});
    }
    return tokens;
}

void addMissing(Parts& parts, const std::vector<AddedToken>& tokens)
{
    std::set<std::string> known;
    for (const AddedToken& token : parts.added) known.insert(token.content);
    for (const AddedToken& token : tokens)
        if (known.insert(token.content).second) parts.added.push_back(token);
}

Parts sentencePieceParts(std::string_view model, const Settings& settings, const std::string& subject)
{
    const std::string family = settings.family();
    const SentencePieceFile file = parseSentencePiece(model, subject);
    if (file.model == SentencePieceFile::ModelType::Bpe) return sentencePieceBpeParts(file, settings, subject);
    requireUnigram(file, subject);
    const bool siglip = family == "Siglip";
    if (!siglip && family != "T5" && family != "MT5" && family != "PreTrained" && !family.empty())
        unknownType("tokenizer class", family, settings.subject);
    Parts parts = siglip ? siglipParts(file, settings, subject) : t5Parts(file, settings, subject);
    addMissing(parts, ownTokens(file));
    addSurroundings(parts, file);
    closeWithEnd(parts);
    return parts;
}

Parts marianParts(std::string_view model, std::string_view vocabularyBytes, const Settings& settings)
{
    const std::string subject = "source.spm";
    const SentencePieceFile file = parseSentencePiece(model, subject);
    requireUnigram(file, subject);
    JsonLimits limits;
    limits.bytes = largestTokenizerFile;
    Vocabulary ids = parseVocabulary(parseJsonObject(vocabularyBytes, "vocab.json", limits), "vocab.json");
    const std::string unknown = settings.token("unk_token");
    const int unknownId = ids.idOf(unknown.empty() ? "<unk>" : unknown).value_or(-1);
    // ">>fr<<" before a text names the language to translate into.
    std::vector<AddedToken> languages;
    for (int id = 0; id < ids.size(); ++id)
        if (const std::string& piece = ids.piece(id);
            piece.starts_with(">>") && piece.ends_with("<<") && piece.size() <= Trie::longestKey)
            languages.push_back({piece, id, false, false, false, false, false});
    Parts parts;
    parts.model = unigramModel(file.pieces, {unknownId, file.byteFallback}, subject, std::move(ids));
    parts.normalizer = normalizerSequence(cleaning(file, subject));
    finish(parts, settings, {"<pad>", "<unk>", {}, "</s>", {}}, {});
    addMissing(parts, languages);
    addSurroundings(parts, file);
    closeWithEnd(parts);
    return parts;
}

} // namespace headlens::text
