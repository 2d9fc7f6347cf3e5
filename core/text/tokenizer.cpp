// SPDX-License-Identifier: GPL-3.0-or-later
// A folder becomes a tokenizer: which files are there, and who reads them.
#include "core/text/tokenizer.h"

#include "core/base/error.h"
#include "core/text/legacy_files.h"
#include "core/text/text_folder.h"
#include "core/text/tokenizer_json.h"

namespace headlens {
namespace {

using namespace text;

Parts newParts(const TextFolder& folder, const Settings& settings, const std::string& subject)
{
    Parts parts = parseTokenizerJson(folder.read("tokenizer.json"), subject);
    SpecialNames names = settings.names();
    if (names.pad.empty()) names.pad = parts.special.pad;
    parts.special = names;
    parts.trainedLength = settings.trainedLength();
    return parts;
}

} // namespace

std::shared_ptr<const Tokenizer> Tokenizer::open(const std::string& path)
{
    const TextFolder folder{path};
    const auto assembled = [](Parts parts) { return std::make_shared<const Pipeline>(std::move(parts)); };
    if (folder.has("tokenizer.json")) return assembled(newParts(folder, settingsOf(folder), path + "/tokenizer.json"));
    const bool json = folder.has("vocab.json");
    if (folder.has("source.spm") && json)
        return assembled(marianParts(folder.read("source.spm"), folder.read("vocab.json"), settingsOf(folder)));
    if (folder.has("spiece.model"))
        return assembled(sentencePieceParts(folder.read("spiece.model"), settingsOf(folder)));
    if (json && folder.has("merges.txt"))
        return assembled(bpeParts(folder.read("vocab.json"), folder.read("merges.txt"), settingsOf(folder)));
    if (folder.has("vocab.txt")) return assembled(wordPieceParts(folder.read("vocab.txt"), settingsOf(folder)));
    if (json)
        throw Error(ErrorCode::BadConfig, path, "vocab.json is there without merges.txt or source.spm",
                    "download the missing file");
    return nullptr;
}

std::shared_ptr<const Tokenizer> Tokenizer::openWritten(const std::string& path)
{
    const TextFolder folder{path};
    const char* const names = folder.has("target_vocab.json") ? "target_vocab.json" : "vocab.json";
    if (folder.has("tokenizer.json") || !folder.has("target.spm") || !folder.has(names)) return nullptr;
    return std::make_shared<const Pipeline>(
        marianParts(folder.read("target.spm"), folder.read(names), settingsOf(folder)));
}

} // namespace headlens
