// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/embedded_models.h"

#include "core/base/resources.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace headlens {

namespace fs = std::filesystem;

namespace {

void append(std::vector<verbs::EmbeddedModel>& models, const std::string& folder)
{
    std::vector<verbs::EmbeddedModel> found;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        const std::string name = entry.path().filename().string();
        const bool known = std::ranges::find(models, name, &verbs::EmbeddedModel::name) != models.end();
        if (!known && fs::exists(entry.path() / "config.json", problem))
            found.push_back({name, entry.path().string(), name});
    }
    std::ranges::sort(found, {}, &verbs::EmbeddedModel::name);
    models.insert(models.end(), found.begin(), found.end());
}

// Where a person's own models lie (XDG base directories); empty where that is not known.
std::string ownModels()
{
    const char *data = std::getenv("XDG_DATA_HOME"), *home = std::getenv("HOME");
    if (data != nullptr && *data != '\0') return std::string(data) + "/headlens/models";
    return home != nullptr && *home != '\0' ? std::string(home) + "/.local/share/headlens/models" : std::string();
}

} // namespace

std::vector<verbs::EmbeddedModel> embeddedModels()
{
    std::vector<verbs::EmbeddedModel> models;
    append(models, resourceFolder() + "/models");
    if (const std::string own = ownModels(); !own.empty()) append(models, own);
    return models;
}

std::string resolveModel(const std::string& nameOrPath)
{
    if (nameOrPath.find('/') != std::string::npos) return nameOrPath;
    for (const verbs::EmbeddedModel& model : embeddedModels())
        if (model.name == nameOrPath) return model.path;
    return nameOrPath;
}

} // namespace headlens
