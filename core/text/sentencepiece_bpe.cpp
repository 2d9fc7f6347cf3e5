// SPDX-License-Identifier: GPL-3.0-or-later
// Llama, Mistral and Gemma from their tokenizer.model.
#include "core/text/legacy_files.h"

#include "core/text/sentencepiece_file.h"

namespace headlens::text {
namespace {

NormalizerPtr normalizerOf(const SentencePieceFile& file, PrependScheme prefix, const std::string& subject)
{
    std::vector<NormalizerPtr> steps;
    if (!file.charsmap.empty()) steps.push_back(precompiledNormalizer(file.charsmap, subject));
    steps.push_back(spaceNormalizer({file.removeExtraSpaces, prefix, file.spaceAsSuffix, file.escapeSpaces}));
    return normalizerSequence(std::move(steps));
}

// transformers' "legacy" puts a space behind every special token as well, for it cuts the text into texts.
PrependScheme prefixOf(const SentencePieceFile& file, const Settings& settings)
{
    if (!file.addDummyPrefix) return PrependScheme::Never;
    if (settings.flag("legacy", true)) return PrependScheme::Always;
    return settings.flag("add_prefix_space", true) ? PrependScheme::First : PrependScheme::Never;
}

std::string pieceOf(const SentencePieceFile& file, int id)
{
    return id >= 0 && std::size_t(id) < file.pieces.size() ? file.pieces[std::size_t(id)].piece : std::string();
}

} // namespace

void addLlamaEnds(Parts& parts, const Settings& settings)
{
    const auto named = [&](const char* flag, bool fallback, const std::string& name) {
        return settings.flag(flag, fallback) ? namedIn(parts, name) : std::nullopt;
    };
    parts.post.steps = {aroundEach(named("add_bos_token", true, parts.special.begin),
                                   named("add_eos_token", false, parts.special.end))};
}

Parts sentencePieceBpeParts(const SentencePieceFile& file, const Settings& settings, const std::string& subject)
{
    Parts parts;
    parts.model = scoredBpeModel(file, subject);
    parts.normalizer = normalizerOf(file, prefixOf(file, settings), subject);
    parts.decoder = byteFallbackDecoder(file.addDummyPrefix);
    // transformers cuts its named tokens out of a text; to SentencePiece alone they are text.
    const SpecialNames own{"", pieceOf(file, file.unknown), pieceOf(file, file.begin), pieceOf(file, file.end), ""};
    const bool described = !settings.config.empty() || !settings.special.empty();
    finish(parts, settings, described ? own : SpecialNames(), {});
    if (!described) parts.special = own;
    std::vector<AddedToken> control = ownTokens(file);
    std::erase_if(control, [](const AddedToken& token) { return !token.special; });
    for (AddedToken& token : control) token.found = false;
    addMissing(parts, control);
    addLlamaEnds(parts, settings);
    return parts;
}

} // namespace headlens::text
