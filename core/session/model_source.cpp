// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/model_source.h"

#include "core/base/error.h"
#include "core/checkpoint/model_folder.h"
#include "core/session/embedded_models.h"
#include "core/session/model_places.h"

#include <charconv>
#include <filesystem>
#include <optional>
#include <vector>

namespace headlens {

namespace fs = std::filesystem;

namespace {

constexpr const char *kAdapter = "adapter", *kStrength = "adapter_strength";

std::string settingIn(const verbs::OpenModel& request, const char* key)
{
    const auto hit = request.set.find(key);
    return hit == request.set.end() ? std::string() : hit->second;
}

double strengthIn(const verbs::OpenModel& request)
{
    const std::string text = settingIn(request, kStrength);
    if (text.empty()) return 1;
    double strength = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), strength);
    if (problem != std::errc() || end != text.data() + text.size() || !(strength >= 0 && strength <= 1))
        throw Error(ErrorCode::Usage, "--set adapter_strength", "\"" + text + "\" is no number from 0 to 1");
    return strength;
}

// A folder of a model or a file of weights, and not the adapter itself.
bool isBase(const fs::path& path, const fs::path& adapter)
{
    std::error_code problem;
    if (fs::equivalent(path, adapter, problem)) return false;
    if (fs::is_regular_file(path, problem))
        return isWeightFile(path.filename().string()) || isGguf(path.filename().string());
    return fs::is_directory(path, problem) &&
           (fs::exists(path / "config.json", problem) || fs::is_directory(path / "snapshots", problem) ||
            fs::exists(path / "params.json", problem) || holdsWeights(path));
}

// "org/name" in the hub's cache.
std::string hubFolder(std::string name)
{
    for (std::size_t at = name.find('/'); at != std::string::npos; at = name.find('/', at)) name.replace(at, 1, "--");
    return "models--" + name;
}

std::vector<fs::path> candidatesFor(const std::string& base, const fs::path& adapter)
{
    const fs::path beside = adapter.parent_path(), name(base);
    std::vector<fs::path> paths;
    if (name.is_absolute()) paths.push_back(name);
    const fs::path last = name.has_filename() ? name.filename() : name.parent_path().filename();
    for (const fs::path& folder : {adapter, beside})
        for (const fs::path& path : {name, last}) paths.push_back(folder / path);
    if (name.is_absolute()) return paths;
    for (const ModelPlace& place : modelPlaces({})) {
        if (place.kind == ModelPlace::Kind::Hub) paths.push_back(place.folder / hubFolder(base));
        if (place.kind == ModelPlace::Kind::Tree) paths.push_back(place.folder / name);
    }
    if (const std::string own = resolveModel(base); own != base) paths.emplace_back(own);
    return paths;
}

std::optional<std::string> baseFor(const std::string& base, const fs::path& adapter)
{
    if (base.empty()) return std::nullopt;
    for (const fs::path& path : candidatesFor(base, adapter))
        if (isBase(path, adapter)) return path.lexically_normal().string();
    return std::nullopt;
}

} // namespace

verbs::OpenModel settledRequest(const verbs::OpenModel& request, const verbs::OpenModel* open)
{
    if (request.set.contains(kAdapter)) return request;
    const auto adapter = adapterFolder(request.path);
    if (!adapter) return request;
    const std::string named = baseOfAdapter(*adapter);
    verbs::OpenModel settled = request;
    if (const auto base = baseFor(named, *adapter)) {
        settled.path = *base;
    } else if (open != nullptr) {
        settled.path = open->path;
        for (const auto& [key, value] : open->set)
            if (key != kAdapter && key != kStrength) settled.set.emplace(key, value);
    } else {
        throw Error(ErrorCode::PartMissing, adapter->string(),
                    named.empty() ? "is an adapter that does not say of which model"
                                  : "is an adapter of " + named + ", which was not found on this computer",
                    "open its base model first, then the adapter");
    }
    settled.set[kAdapter] = adapter->string();
    return settled;
}

ModelSource sourceOf(const verbs::OpenModel& request)
{
    const verbs::OpenModel settled = settledRequest(request);
    ModelSource source{resolveModel(settled.path), settingIn(settled, "weights"), {}};
    source.adapter = {settingIn(settled, kAdapter), strengthIn(settled)};
    if (source.adapter.folder.empty() && settled.set.contains(kStrength))
        throw Error(ErrorCode::Usage, "--set adapter_strength", "is set without an adapter",
                    "name its folder with --set adapter=FOLDER");
    return source;
}

} // namespace headlens
