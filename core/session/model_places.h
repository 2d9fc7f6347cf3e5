// SPDX-License-Identifier: GPL-3.0-or-later
// Where other programs keep models on this computer, as their environment variables and defaults say.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace headlens {

struct ModelPlace {
    // How models lie in it: as the hub's cache keeps them; files in one folder; Ollama's manifests and blobs; anyhow.
    enum class Kind : std::uint8_t { Hub, Files, Ollama, Tree };
    Kind kind = Kind::Tree;
    std::string source; // a name that people know it by; the window translates it (context "FoundModels")
    std::filesystem::path folder;
};

// The hub's cache ($HF_HUB_CACHE, $HUGGINGFACE_HUB_CACHE, $HF_HOME/hub), which timm uses too, torch hub's checkpoints
// ($TORCH_HOME), Ollama ($OLLAMA_MODELS), LM Studio, then `own`. A variable that is not set gives the default of that
// program, below $XDG_CACHE_HOME or the home folder. None of them need exist.
std::vector<ModelPlace> modelPlaces(const std::vector<std::string>& own);

} // namespace headlens
