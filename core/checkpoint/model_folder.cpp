// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/model_folder.h"

#include "core/base/error.h"
#include "core/checkpoint/consolidated.h"
#include "core/checkpoint/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace headlens {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestJson = 16U << 20;

constexpr std::string_view kGgufEnding = ".gguf";

constexpr std::array<std::string_view, 8> kWeightEndings{".safetensors", ".pth", ".pt",   ".bin",
                                                         ".ckpt",        ".tar", ".pyth", ".npz"};

// False for what a training, PEFT or llama.cpp keeps beside the weights of a model: "optimizer.pt",
// "adapter_model.safetensors", "mmproj-model-f16.gguf".
bool isOfModel(const std::string& name)
{
    static constexpr std::array<std::string_view, 7> kOthers{"optim",  "scheduler",     "rng_state", "training_args",
                                                             "scaler", "adapter_model", "mmproj"};
    return name != "args.pt" &&
           std::ranges::none_of(kOthers, [&](std::string_view other) { return name.find(other) != std::string::npos; });
}

fs::path indexBeside(const fs::path& folder)
{
    for (const char* name : {"model.safetensors.index.json", "pytorch_model.bin.index.json"})
        if (fs::exists(folder / name)) return folder / name;
    return {};
}

[[noreturn]] void refusePart(const fs::path& file, PartNumber part)
{
    throw Error(ErrorCode::PartMissing, file.string(),
                fmt::format("is part {} of {} of a model, and the index of the parts is not beside it", part.number,
                            part.count),
                "put all parts and their index (model.safetensors.index.json) into one folder and choose that");
}

// Paths, in order: what opens must not depend on the file system. GGUF in several parts stands once.
std::set<std::string> weightsIn(const fs::path& folder, std::string_view ending)
{
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const auto part = partOf(name);
        const bool isLaterPart = ending == kGgufEnding && part && part->number > 1;
        if (entry.path().extension() == ending && isOfModel(name) && !isLaterPart) found.insert(entry.path().string());
    }
    return found;
}

// The state that training reached in a folder "checkpoint-90"; -1 for other names.
long long stateNumber(const std::string& name)
{
    constexpr std::string_view kBefore = "checkpoint-";
    long long number = -1;
    if (!name.starts_with(kBefore)) return -1;
    const auto [end, problem] = std::from_chars(name.data() + kBefore.size(), name.data() + name.size(), number);
    return problem == std::errc() && end == name.data() + name.size() ? number : -1;
}

// The snapshot of the hub's cache that its branch "main" names, else any.
std::optional<fs::path> snapshotIn(const fs::path& folder)
{
    std::error_code problem;
    const fs::path all = folder / "snapshots", main = folder / "refs" / "main";
    if (!fs::is_directory(all, problem)) return std::nullopt;
    std::string revision = fs::exists(main) ? readWhole(main.string(), 256) : "";
    std::erase_if(revision, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '/'; });
    if (!revision.empty() && fs::is_directory(all / revision, problem)) return all / revision;
    std::set<fs::path> revisions; // in order: what opens must not depend on the file system
    for (const auto& entry : fs::directory_iterator(all))
        if (entry.is_directory(problem)) revisions.insert(entry.path());
    return revisions.empty() ? std::nullopt : std::optional(*revisions.rbegin());
}

} // namespace

bool isWeightFile(const std::string& name)
{
    return std::ranges::find(kWeightEndings, fs::path(name).extension().string()) != kWeightEndings.end() &&
           isOfModel(name);
}

bool isGguf(const std::string& name)
{
    return name.ends_with(kGgufEnding);
}

std::optional<PartNumber> partOf(const std::string& name)
{
    constexpr std::size_t kDigits = 5;
    const std::size_t of = name.find("-of-");
    if (of == std::string::npos || of < kDigits + 1 || name[of - kDigits - 1] != '-') return std::nullopt;
    PartNumber part;
    const auto read = [&](std::size_t at, int& into) {
        const auto [end, problem] =
            std::from_chars(name.data() + at, name.data() + std::min(at + kDigits, name.size()), into);
        return problem == std::errc() && end == name.data() + at + kDigits;
    };
    const bool numbered = read(of - kDigits, part.number) && read(of + 4, part.count);
    return numbered && part.count > 1 ? std::optional(part) : std::nullopt;
}

std::optional<Json> readJsonFile(const fs::path& path)
{
    if (!fs::exists(path)) return std::nullopt;
    return parseJsonObject(readWhole(path.string(), kLargestJson), path.string());
}

fs::path modelFolder(const fs::path& folder)
{
    if (const auto snapshot = snapshotIn(folder)) return *snapshot;
    if (fs::exists(folder / "config.json")) return folder;
    std::error_code problem;
    fs::path newest = folder;
    long long highest = -1;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const long long number = stateNumber(entry.path().filename().string());
        if (number <= highest || !entry.is_directory(problem)) continue;
        highest = number;
        newest = entry.path();
    }
    return newest;
}

bool holdsWeights(const fs::path& folder)
{
    return std::ranges::any_of(fs::directory_iterator(folder), [](const fs::directory_entry& entry) {
        return isWeightFile(entry.path().filename().string());
    });
}

std::unique_ptr<Container> openFolder(const fs::path& folder, const std::string& weights,
                                      std::vector<std::string>& assumptions)
{
    static constexpr std::array<const char*, 5> kSingle{"model.safetensors", "model.fp16.safetensors",
                                                        "open_clip_model.safetensors", "pytorch_model.safetensors",
                                                        "pytorch_model.bin"};
    for (const char* name : kSingle)
        if (fs::exists(folder / name)) return openContainer((folder / name).string(), weights);
    if (const fs::path index = indexBeside(folder); !index.empty()) return openSharded(index.string());
    if (holdsConsolidated(folder)) return openConsolidated(folder);
    std::vector<std::string_view> endings(kWeightEndings.begin(), kWeightEndings.end());
    endings.push_back(kGgufEnding);
    for (const std::string_view ending : endings) {
        const std::set<std::string> found = weightsIn(folder, ending);
        if (found.empty()) continue;
        const fs::path first(*found.begin());
        const auto part = partOf(first.filename().string());
        if (part && ending != kGgufEnding) refusePart(first, *part);
        if (found.size() > 1)
            assumptions.push_back("opened: " + first.filename().string() + ", the first of " +
                                  std::to_string(found.size()) + " weight files; choose another one by its name");
        return openContainer(first.string(), weights);
    }
    const bool isConfigured = fs::exists(folder / "config.json");
    throw Error(ErrorCode::PartMissing, folder.string(),
                isConfigured ? "holds config.json but no weights (model.safetensors, pytorch_model.bin)"
                             : "holds no model: neither config.json nor weights",
                "choose the folder that has both");
}

std::unique_ptr<Container> openFile(const fs::path& file, const std::string& weights,
                                    std::vector<std::string>& assumptions, bool& whole)
{
    const fs::path home = fs::absolute(file).parent_path();
    if (isConsolidatedFile(file.filename().string()) && fs::exists(file) && fs::exists(home / "params.json"))
        return openConsolidated(home);
    const auto part = partOf(file.filename().string());
    if (!part || isGguf(file.string()) || !fs::exists(file)) return openContainer(file.string(), weights);
    const fs::path index = indexBeside(home);
    if (index.empty()) refusePart(file, *part);
    whole = true;
    assumptions.push_back("opened: all " + std::to_string(part->count) + " parts, by " + index.filename().string());
    return openSharded(index.string());
}

std::optional<std::string> adapterBeside(const fs::path& folder, bool hasWeights)
{
    const std::optional<Json> adapter = readJsonFile(folder / "adapter_config.json");
    if (!adapter) return std::nullopt;
    const auto text = [&](const char* key) {
        return adapter->contains(key) && (*adapter)[key].is_string() ? (*adapter)[key].get<std::string>()
                                                                     : std::string();
    };
    const std::string kind = text("peft_type").empty() ? "PEFT" : text("peft_type");
    if (hasWeights)
        return "the " + kind +
               " adapter in this folder is not applied: the numbers are the base model's "
               "(--set adapter=FOLDER puts one on)";
    const std::string base = text("base_model_name_or_path");
    throw Error(ErrorCode::UnsupportedModel, folder.string(),
                "is a " + kind + " adapter" + (base.empty() ? "" : " of " + base) + ", not a model",
                "open its base model first, and put the adapter on it");
}

std::optional<Json> readPreprocessor(const fs::path& folder)
{
    if (std::optional<Json> own = readJsonFile(folder / "preprocessor_config.json")) return own;
    const std::optional<Json> all = readJsonFile(folder / "processor_config.json");
    if (!all) return std::nullopt;
    if (all->contains("image_processor") && (*all)["image_processor"].is_object()) return (*all)["image_processor"];
    return all->contains("image_mean") || all->contains("size") ? all : std::nullopt;
}

} // namespace headlens
