// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/model_search.h"

#include "core/base/window_text.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/model_folder.h"
#include "core/checkpoint/pytorch_container.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace headlens {

namespace fs = std::filesystem;
using Kind = PlaceEntry::Kind;

namespace {

constexpr std::size_t kMostModels = 2'000;

const PlaceEntry* named(const std::vector<PlaceEntry>& entries, std::string_view name)
{
    const auto hit = std::ranges::find(entries, name, &PlaceEntry::name);
    return hit == entries.end() ? nullptr : &*hit;
}

const PlaceEntry* indexIn(const std::vector<PlaceEntry>& entries)
{
    const PlaceEntry* safe = named(entries, "model.safetensors.index.json");
    return safe != nullptr ? safe : named(entries, "pytorch_model.bin.index.json");
}

bool isWeights(const PlaceEntry& entry)
{
    return entry.kind != Kind::Folder && entry.kind != Kind::Other && isWeightFile(entry.name);
}

// What opening a model may read beside its weights.
bool isSideFile(const PlaceEntry& entry)
{
    static constexpr std::array<std::string_view, 4> kEndings{".json", ".txt", ".model", ".spm"};
    const std::string ending = fs::path(entry.name).extension().string();
    return std::ranges::find(kEndings, ending) != kEndings.end() || entry.name.ends_with("Pooling");
}

// The first file of a model that cannot be read.
verbs::Sentence faultIn(PlaceWalk& walk, const std::vector<PlaceEntry>& entries)
{
    for (const PlaceEntry& entry : entries) {
        if (!isWeights(entry) && !isSideFile(entry)) continue;
        if (verbs::Sentence fault = faultOf(entry); !fault.text.empty()) return fault;
        if (entry.kind != Kind::Folder) continue; // "1_Pooling" of sentence-transformers
        for (const PlaceEntry& inner : walk.entries(entry.real))
            if (verbs::Sentence fault = faultOf(inner); !fault.text.empty()) return fault;
    }
    return {};
}

// The first of the parts of GGUF models in a folder that cannot be read.
verbs::Sentence faultInParts(const std::vector<PlaceEntry>& entries)
{
    for (const PlaceEntry& entry : entries)
        if (isGguf(entry.name) && partOf(entry.name))
            if (verbs::Sentence fault = faultOf(entry); !fault.text.empty()) return fault;
    return {};
}

// Endings like .bin and .pth stand for much else: only what begins as a checkpoint does is one.
bool beginsAsCheckpoint(const PlaceEntry& file)
{
    static constexpr std::array<std::string_view, 5> kEndings{".pth", ".pt", ".bin", ".ckpt", ".pyth"};
    const std::string ending = fs::path(file.name).extension().string();
    if (ending == ".safetensors" || ending == ".gguf" || file.kind != Kind::File) return true;
    if (std::ranges::find(kEndings, ending) == kEndings.end()) return false;
    std::array<std::byte, 16> first{};
    try {
        const FileBytes bytes(file.real.string());
        bytes.read(0, std::span(first).first(std::size_t(std::min<std::uint64_t>(first.size(), bytes.size()))));
    } catch (const Error&) {
        return false;
    }
    const std::string_view text(reinterpret_cast<const char*>(first.data()), first.size());
    return text.starts_with("PK\x03\x04") || isLegacyPyTorch(first) ||
           text.substr(4, 5) == std::string_view("\0\0\0\0{", 5);
}

} // namespace

verbs::Sentence faultOf(const PlaceEntry& entry)
{
    if (entry.kind == Kind::Missing)
        return {HEADLENS_TEXT("FoundModels", "The download is not finished: %1 is missing."), entry.name};
    if (entry.kind == Kind::Outside)
        return {HEADLENS_TEXT("FoundModels", "%1 leads into another folder; add that folder to open it."), entry.name};
    return {};
}

std::string typeIn(const PlaceEntry& config)
{
    constexpr std::uint64_t kLargest = 4U << 20;
    if (config.kind != Kind::File) return {};
    try {
        const Json json = parseJsonObject(readWhole(config.real.string(), kLargest), config.name);
        for (const char* key : {"model_type", "architecture"}) // transformers, timm
            if (json.contains(key) && json[key].is_string()) return json[key].get<std::string>();
    } catch (const std::exception&) {
        return {}; // the judge says what is wrong with it
    }
    return {};
}

ModelSearch::ModelSearch(const ModelPlace& place, SearchState& state)
    : m_walk(place.folder, state.control, state.found.remarks), m_state(state), m_source(place.source)
{
}

bool ModelSearch::isFull() const
{
    return m_state.found.models.size() >= kMostModels;
}

void ModelSearch::add(verbs::FoundModel model)
{
    if (isFull() || !m_state.known.insert(model.path).second) return;
    model.source = m_source;
    m_state.found.models.push_back(std::move(model));
    if (isFull())
        m_state.found.remarks.push_back(
            {HEADLENS_TEXT("FoundModels", "Only the first %1 models are listed."), std::to_string(kMostModels)});
}

void ModelSearch::addRefused(const std::string& name, const fs::path& path, verbs::Sentence whyNot)
{
    verbs::FoundModel model;
    model.name = name;
    model.path = path.string();
    model.whyNot = std::move(whyNot);
    add(std::move(model));
}

void ModelSearch::judge(verbs::FoundModel& model, const fs::path& path)
{
    m_walk.stopIfCancelled();
    ModelVerdict verdict = m_state.judge(path.string());
    model.whyNot = std::move(verdict.whyNot);
    if (!verdict.type.empty()) model.type = verdict.type;
    if (verdict.bytes > 0) model.bytes = verdict.bytes;
}

std::optional<verbs::FoundModel> ModelSearch::folderModel(const std::string& name, const fs::path& path,
                                                          const std::vector<PlaceEntry>& entries)
{
    verbs::FoundModel model;
    model.name = name;
    model.path = path.string();
    const PlaceEntry* any = nullptr;
    for (const PlaceEntry& entry : entries) {
        if (!isWeights(entry)) continue;
        any = &entry;
        model.bytes += std::int64_t(entry.bytes);
        model.used = std::max(model.used, entry.written);
    }
    if (any == nullptr) return std::nullopt;
    if (m_state.known.contains(model.path)) return model; // of another place, judged there
    model.whyNot = faultIn(m_walk, entries);
    const PlaceEntry *config = named(entries, "config.json"), *index = indexIn(entries);
    // Without config.json a folder may stand for the states of a training in it; its index stands for itself.
    if (model.whyNot.text.empty())
        judge(model, config == nullptr && index != nullptr ? index->path : any->path.parent_path());
    if (model.type.empty() && config != nullptr) model.type = typeIn(*config);
    return model;
}

void ModelSearch::addFile(const std::string& name, const PlaceEntry& file, const std::vector<PlaceEntry>& beside,
                          const std::string& type)
{
    if (isFull() || m_state.known.contains(file.path.string())) return;
    verbs::FoundModel model;
    model.name = name;
    model.path = file.path.string();
    model.bytes = std::int64_t(file.bytes);
    model.used = file.written;
    model.type = type;
    model.whyNot = faultOf(file);
    // Beside safetensors config.json is read as well.
    if (model.whyNot.text.empty() && file.name.ends_with(".safetensors")) {
        std::vector<PlaceEntry> sides;
        std::ranges::copy_if(beside, std::back_inserter(sides), isSideFile);
        model.whyNot = faultIn(m_walk, sides);
    }
    if (model.whyNot.text.empty() && isGguf(file.name) && partOf(file.name)) model.whyNot = faultInParts(beside);
    if (model.whyNot.text.empty()) judge(model, file.path);
    add(std::move(model));
}

void ModelSearch::addFiles(const std::string& whole, const std::vector<PlaceEntry>& entries)
{
    for (const PlaceEntry& entry : entries) {
        const bool isModel = isWeights(entry) || (isGguf(entry.name) && entry.kind != Kind::Folder);
        const auto part = partOf(entry.name);
        if (!isModel || (part && part->number > 1) || !beginsAsCheckpoint(entry)) continue;
        m_walk.stopIfCancelled();
        addFile(whole.empty() ? entry.name : whole + " (" + entry.name + ")", entry, entries);
    }
}

} // namespace headlens
