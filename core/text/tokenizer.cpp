// SPDX-License-Identifier: GPL-3.0-or-later
// A folder becomes a tokenizer: which files are there, and who reads them.
#include "core/text/tokenizer.h"

#include "core/base/error.h"
#include "core/text/gguf_tokenizer.h"
#include "core/text/legacy_files.h"
#include "core/text/text_folder.h"
#include "core/text/tiktoken.h"
#include "core/text/tokenizer_json.h"

#include <filesystem>

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
    const std::string family = settings.family();
    const bool llama = family == "Llama" || family == "CodeLlama" || family == "Gemma";
    if (llama && namedIn(parts, names.begin)) addLlamaEnds(parts, settings);
    return parts;
}

std::string sentencePieceFile(const TextFolder& folder)
{
    for (const char* name : {"spiece.model", "tokenizer.model", "tokenizer.model.v3"})
        if (folder.has(name)) return name;
    return {};
}

std::shared_ptr<const Tokenizer> assembled(Parts parts)
{
    return std::make_shared<const Pipeline>(std::move(parts));
}

std::shared_ptr<const Tokenizer> tokenizerIn(const std::string& file)
{
    if (file.empty()) return nullptr;
    auto parts = ggufFileParts(file);
    return parts ? assembled(std::move(*parts)) : nullptr;
}

} // namespace

std::shared_ptr<const Tokenizer> Tokenizer::open(const std::string& model)
{
    const std::string path = folderOf(model);
    if (path != model)
        if (auto own = tokenizerIn(ggufOf(model))) return own;
    const TextFolder folder{path};
    if (folder.has("tokenizer.json")) return assembled(newParts(folder, settingsOf(folder), path + "/tokenizer.json"));
    const bool json = folder.has("vocab.json");
    if (folder.has("source.spm") && json)
        return assembled(marianParts(folder.read("source.spm"), folder.read("vocab.json"), settingsOf(folder)));
    if (const std::string file = sentencePieceFile(folder); !file.empty()) {
        const std::string bytes = folder.read(file.c_str());
        return assembled(isTiktoken(bytes) ? tiktokenParts(bytes, settingsOf(folder), file)
                                           : sentencePieceParts(bytes, settingsOf(folder), file));
    }
    if (json && folder.has("merges.txt"))
        return assembled(bpeParts(folder.read("vocab.json"), folder.read("merges.txt"), settingsOf(folder)));
    if (folder.has("vocab.txt")) return assembled(wordPieceParts(folder.read("vocab.txt"), settingsOf(folder)));
    if (json)
        throw Error(ErrorCode::BadConfig, path, "vocab.json is there without merges.txt or source.spm",
                    "download the missing file");
    return path == model ? tokenizerIn(ggufOf(path)) : nullptr;
}

std::shared_ptr<const Tokenizer> Tokenizer::openWritten(const std::string& model)
{
    const TextFolder folder{folderOf(model)};
    const char* const names = folder.has("target_vocab.json") ? "target_vocab.json" : "vocab.json";
    if (folder.has("tokenizer.json") || !folder.has("target.spm") || !folder.has(names)) return nullptr;
    return std::make_shared<const Pipeline>(
        marianParts(folder.read("target.spm"), folder.read(names), settingsOf(folder)));
}

} // namespace headlens
