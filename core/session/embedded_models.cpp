// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/embedded_models.h"

#include "core/tensors/resources.h"

#include <algorithm>
#include <filesystem>

namespace headlens {

namespace fs = std::filesystem;

std::vector<verbs::EmbeddedModel> embeddedModels()
{
    std::vector<verbs::EmbeddedModel> models;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(resourceFolder() + "/models", problem))
        if (fs::exists(entry.path() / "config.json"))
            models.push_back(
                {entry.path().filename().string(), entry.path().string(), entry.path().filename().string()});
    std::ranges::sort(models, {}, &verbs::EmbeddedModel::name);
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
