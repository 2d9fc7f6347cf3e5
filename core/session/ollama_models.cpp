// SPDX-License-Identifier: GPL-3.0-or-later
// Ollama's folder: manifests/HOST/OWNER/MODEL/TAG is a JSON file that lists blobs/sha256-HASH.
#include "core/base/window_text.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/model_search.h"
#include "core/wire/safe_json.h"

#include <algorithm>

namespace headlens {

namespace fs = std::filesystem;
using Kind = PlaceEntry::Kind;

namespace {

constexpr std::uint64_t kLargestJson = 1U << 20;

// registry.ollama.ai/library/llama3/latest is "llama3:latest", hf.co/someone/model/Q4 "hf.co/someone/model:Q4".
std::string nameOf(const fs::path& manifest)
{
    std::string name = manifest.parent_path().generic_string();
    for (const std::string usual : {"registry.ollama.ai/", "library/"})
        if (name.starts_with(usual)) name.erase(0, usual.size());
    return name + ":" + manifest.filename().string();
}

std::string textOf(const Json& json, const char* key)
{
    return json.is_object() && json.contains(key) && json[key].is_string() ? json[key].get<std::string>()
                                                                           : std::string();
}

// "blobs/sha256-0f3a..."; empty for what is no hash, so that no manifest leads out of the folder.
fs::path blobOf(const std::string& digest)
{
    constexpr std::string_view kKind = "sha256:";
    constexpr std::size_t kDigits = 64;
    if (!digest.starts_with(kKind) || digest.size() != kKind.size() + kDigits) return {};
    const std::string hash = digest.substr(kKind.size());
    if (hash.find_first_not_of("0123456789abcdef") != std::string::npos) return {};
    return fs::path("blobs") / ("sha256-" + hash);
}

// What the manifest calls its configuration knows the family; empty where it does not say.
std::string familyIn(const PlaceWalk& walk, const Json& manifest)
{
    const fs::path blob = manifest.contains("config") ? blobOf(textOf(manifest["config"], "digest")) : fs::path();
    const PlaceEntry config = walk.entry(walk.root() / blob);
    if (blob.empty() || config.kind != Kind::File || config.bytes > kLargestJson) return {};
    return textOf(parseJsonObject(readWhole(config.real.string(), kLargestJson), config.name), "model_family");
}

void addManifest(ModelSearch& search, const PlaceEntry& file, const std::string& name)
{
    PlaceWalk& walk = search.walk();
    const Json manifest = parseJsonObject(readWhole(file.real.string(), kLargestJson), file.name);
    if (!manifest.contains("layers") || !manifest["layers"].is_array()) return;
    for (const Json& layer : manifest["layers"]) {
        if (!textOf(layer, "mediaType").ends_with(".model")) continue; // a licence, a template
        const fs::path blob = blobOf(textOf(layer, "digest"));
        if (blob.empty()) continue;
        search.addFile(name, walk.entry(walk.root() / blob), {}, familyIn(walk, manifest));
        return;
    }
}

void searchManifests(ModelSearch& search, const fs::path& folder, int depth)
{
    constexpr int kDeepest = 5;
    PlaceWalk& walk = search.walk();
    const fs::path manifests = walk.root() / "manifests";
    for (const PlaceEntry& entry : walk.entries(folder)) {
        if (entry.kind == Kind::Folder && depth < kDeepest && walk.isNew(entry.real)) {
            searchManifests(search, entry.real, depth + 1);
        } else if (entry.kind == Kind::File) {
            const std::string name = nameOf(entry.real.lexically_relative(manifests));
            try {
                addManifest(search, entry, name);
            } catch (const Error& error) {
                if (error.code() == ErrorCode::Cancelled) throw;
                search.addRefused(
                    name, entry.path,
                    {HEADLENS_TEXT("FoundModels", "It cannot be opened: %1."), entry.name + " " + error.why()});
            }
        }
    }
}

} // namespace

void searchOllama(ModelSearch& search)
{
    searchManifests(search, search.walk().root() / "manifests", 0);
}

} // namespace headlens
