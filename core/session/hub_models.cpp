// SPDX-License-Identifier: GPL-3.0-or-later
// The cache of the Hugging Face hub: models--ORG--NAME/{refs/main, snapshots/REVISION/FILE -> blobs/HASH}.
#include "core/base/window_text.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/model_folder.h"
#include "core/session/model_search.h"

#include <algorithm>
#include <array>

namespace headlens {

namespace fs = std::filesystem;
using Kind = PlaceEntry::Kind;

namespace {

// "models--google--vit-base-patch16-224": "google/vit-base-patch16-224".
std::string nameOf(const std::string& folder)
{
    std::string name = folder.substr(std::string("models--").size());
    for (std::size_t at = name.find("--"); at != std::string::npos; at = name.find("--", at + 1))
        name.replace(at, 2, "/");
    return name;
}

// The revision that the branch "main" stands for; empty where nothing says so.
std::string mainOf(PlaceWalk& walk, const fs::path& repository)
{
    constexpr std::uint64_t kLongest = 256;
    const PlaceEntry main = walk.entry(repository / "refs" / "main");
    if (main.kind != Kind::File || main.bytes > kLongest) return {};
    try {
        std::string revision = readWhole(main.real.string(), kLongest);
        std::erase_if(revision, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '/'; });
        return revision;
    } catch (const Error&) {
        return {};
    }
}

// That of "main" first, then the newest.
std::vector<PlaceEntry> snapshotsOf(PlaceWalk& walk, const fs::path& repository)
{
    std::vector<PlaceEntry> all = walk.entries(repository / "snapshots");
    std::erase_if(all, [](const PlaceEntry& entry) { return entry.kind != Kind::Folder; });
    const std::string main = mainOf(walk, repository);
    std::ranges::stable_sort(all, {},
                             [&](const PlaceEntry& entry) { return std::pair(entry.name != main, -entry.written); });
    return all;
}

// Weights of other programs, by which a person knows why this is none of ours.
bool isForeign(const PlaceEntry& entry)
{
    static constexpr std::array<std::string_view, 4> kEndings{".h5", ".msgpack", ".onnx", ".tflite"};
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return entry.name.ends_with(ending); });
}

bool isUnfinished(PlaceWalk& walk, const fs::path& repository)
{
    const std::vector<PlaceEntry> blobs = walk.entries(repository / "blobs");
    return std::ranges::any_of(blobs, [](const PlaceEntry& blob) { return blob.name.ends_with(".incomplete"); });
}

// Of a repository without weights that could be read here: what else lies in it.
void addOtherContents(ModelSearch& search, const PlaceEntry& repository, const std::vector<PlaceEntry>& entries)
{
    const std::string name = nameOf(repository.name);
    if (std::ranges::any_of(entries, [](const PlaceEntry& entry) { return isGguf(entry.name); }))
        return search.addFiles(name, entries);
    if (isUnfinished(search.walk(), repository.real))
        return search.addRefused(name, repository.path,
                                 {HEADLENS_TEXT("FoundModels", "The download is not finished: %1 is missing."),
                                  HEADLENS_TEXT("FoundModels", "a file of weights")});
    const auto foreign = std::ranges::find_if(entries, isForeign);
    if (foreign != entries.end())
        search.addRefused(name, repository.path,
                          {HEADLENS_TEXT("FoundModels", "Its weights are for another program: %1."), foreign->name});
}

} // namespace

// One model of a repository: the first of its snapshots that can be opened, else the first that has weights.
void searchRepository(ModelSearch& search, const PlaceEntry& repository)
{
    PlaceWalk& walk = search.walk();
    const std::vector<PlaceEntry> snapshots = snapshotsOf(walk, repository.real);
    std::optional<verbs::FoundModel> best;
    std::vector<PlaceEntry> first;
    for (const PlaceEntry& snapshot : snapshots) {
        const std::vector<PlaceEntry> entries = walk.entries(snapshot.real);
        // By the folder of the repository, whose name says more than that of a revision, where it means the same.
        const bool isUsual = &snapshot == &snapshots.front() &&
                             (snapshots.size() == 1 || snapshot.name == mainOf(walk, repository.real));
        const auto model =
            search.folderModel(nameOf(repository.name), isUsual ? repository.path : snapshot.path, entries);
        if (first.empty()) first = entries;
        if (!model) continue;
        const bool canOpen = model->whyNot.text.empty();
        if (!best || canOpen) best = model;
        if (canOpen) break;
    }
    if (best)
        search.add(*best);
    else
        addOtherContents(search, repository, first);
}

void searchHub(ModelSearch& search)
{
    PlaceWalk& walk = search.walk();
    for (const PlaceEntry& entry : walk.entries(walk.root())) {
        if (search.isFull()) return;
        if (!entry.name.starts_with("models--")) continue; // data sets, locks
        if (entry.kind == Kind::Folder)
            searchRepository(search, entry);
        else if (verbs::Sentence fault = faultOf(entry); !fault.text.empty())
            search.addRefused(nameOf(entry.name), entry.path, fault);
    }
}

} // namespace headlens
