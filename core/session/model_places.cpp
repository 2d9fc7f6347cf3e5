// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/model_places.h"

#include "core/base/window_text.h"

#include <cstdlib>
#include <initializer_list>

namespace headlens {

namespace fs = std::filesystem;

namespace {

// Empty where it is not set. A leading ~ is the home folder, as Python's programs read it.
fs::path variable(const char* name)
{
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return {};
    const std::string path(value);
    const char* home = std::getenv("HOME");
    if (home != nullptr && (path == "~" || path.starts_with("~/")))
        return fs::path(home) / path.substr(std::min<std::size_t>(2, path.size()));
    return path;
}

// `first` with `rest` behind it; empty where there is no first.
fs::path below(const fs::path& first, const char* rest)
{
    return first.empty() ? fs::path() : first / rest;
}

fs::path firstOf(std::initializer_list<fs::path> paths)
{
    for (const fs::path& path : paths)
        if (!path.empty()) return path;
    return {};
}

} // namespace

std::vector<ModelPlace> modelPlaces(const std::vector<std::string>& own)
{
    using Kind = ModelPlace::Kind;
    const fs::path home = variable("HOME"), cache = firstOf({variable("XDG_CACHE_HOME"), below(home, ".cache")});
    const fs::path torch = firstOf({variable("TORCH_HOME"), below(cache, "torch")});
    const fs::path hub = firstOf({variable("HF_HUB_CACHE"), variable("HUGGINGFACE_HUB_CACHE"),
                                  below(variable("HF_HOME"), "hub"), below(cache, "huggingface/hub")});
    std::vector<ModelPlace> places{
        {Kind::Hub, HEADLENS_TEXT("FoundModels", "Hugging Face cache"), hub},
        {Kind::Files, HEADLENS_TEXT("FoundModels", "torch hub"), below(torch, "hub/checkpoints")},
        {Kind::Ollama, HEADLENS_TEXT("FoundModels", "Ollama"),
         firstOf({variable("OLLAMA_MODELS"), below(home, ".ollama/models")})},
        {Kind::Tree, HEADLENS_TEXT("FoundModels", "LM Studio"), below(home, ".lmstudio/models")},
        {Kind::Tree, HEADLENS_TEXT("FoundModels", "LM Studio"), below(home, ".cache/lm-studio/models")}};
    for (const std::string& folder : own)
        places.push_back({Kind::Tree, HEADLENS_TEXT("FoundModels", "a folder of your own"), folder});
    std::erase_if(places, [](const ModelPlace& place) { return place.folder.empty(); });
    return places;
}

} // namespace headlens
