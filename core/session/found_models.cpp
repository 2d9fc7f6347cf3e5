// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/found_models.h"

#include "core/session/model_search.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace headlens {

namespace fs = std::filesystem;
using Kind = PlaceEntry::Kind;

namespace {

// A folder that somebody named: models lie in it anyhow, but not for ever below each other.
void searchFolder(ModelSearch& search, const PlaceEntry& folder, int depth)
{
    constexpr int kDeepest = 6;
    PlaceWalk& walk = search.walk();
    if (search.isFull() || depth > kDeepest || !walk.isNew(folder.real)) return;
    if (folder.name.starts_with("models--")) return searchRepository(search, folder);
    const std::vector<PlaceEntry> entries = walk.entries(folder.real);
    const auto holds = [&](std::string_view name) {
        return std::ranges::find(entries, name, &PlaceEntry::name) != entries.end();
    };
    const bool isDescribed = holds("config.json") || holds("params.json") || holds("open_clip_config.json") ||
                             holds("model.safetensors.index.json") || holds("pytorch_model.bin.index.json");
    const fs::path inside = folder.real.lexically_relative(walk.root());
    const std::string name = inside == "." ? walk.root().filename().string() : inside.generic_string();
    const auto model = isDescribed ? search.folderModel(name, folder.real, entries) : std::nullopt;
    if (model)
        search.add(*model);
    else
        search.addFiles({}, entries);
    for (const PlaceEntry& entry : entries)
        if (entry.kind == Kind::Folder && !entry.name.starts_with('.')) searchFolder(search, entry, depth + 1);
}

void searchPlace(const ModelPlace& place, SearchState& state)
{
    ModelSearch search(place, state);
    search.walk().stopIfCancelled();
    if (!search.walk().exists()) return;
    switch (place.kind) {
    case ModelPlace::Kind::Hub: return searchHub(search);
    case ModelPlace::Kind::Files: return search.addFiles({}, search.walk().entries(search.walk().root()));
    case ModelPlace::Kind::Ollama: return searchOllama(search);
    case ModelPlace::Kind::Tree: return searchTree(search);
    }
}

} // namespace

void searchTree(ModelSearch& search)
{
    searchFolder(search, search.walk().entry(search.walk().root()), 0);
}

verbs::FoundModels findModels(const std::vector<ModelPlace>& places, const ModelJudge& judge, const JobControl& control)
{
    SearchState state{judge, control, {}, {}};
    for (const ModelPlace& place : places) searchPlace(place, state);
    std::ranges::stable_sort(state.found.models, {}, [](const verbs::FoundModel& model) {
        return std::tuple(!model.whyNot.text.empty(), -model.used, model.name);
    });
    return std::move(state.found);
}

} // namespace headlens
