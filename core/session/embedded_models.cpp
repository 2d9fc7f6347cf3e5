// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/embedded_models.h"

#include "core/base/resources.h"
#include "core/checkpoint/file_bytes.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace headlens {

namespace fs = std::filesystem;

namespace {

// With what measured.json says of it; a file that cannot be read says nothing.
verbs::EmbeddedModel describedModel(const std::string& name, const std::string& folder)
{
    verbs::EmbeddedModel model{name, folder, name, "", {}};
    const std::string file = folder + "/measured.json";
    std::error_code problem;
    if (!fs::exists(file, problem)) return model;
    try {
        const Json measured = parseJsonObject(readWhole(file, 1U << 20), file);
        model.title = measured.value("title", name);
        model.shows = measured.value("shows", "");
        model.scores = measured.value("scores", std::vector<verbs::MeasuredScore>());
    } catch (const std::exception&) {
        return {name, folder, name, "", {}};
    }
    return model;
}

void append(std::vector<verbs::EmbeddedModel>& models, const std::string& folder)
{
    std::vector<verbs::EmbeddedModel> found;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        const std::string name = entry.path().filename().string();
        const bool known = std::ranges::find(models, name, &verbs::EmbeddedModel::name) != models.end();
        if (!known && fs::exists(entry.path() / "config.json", problem))
            found.push_back(describedModel(name, entry.path().string()));
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
