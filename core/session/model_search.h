// SPDX-License-Identifier: GPL-3.0-or-later
// One place that is searched for models, for the files that know one kind of place each.
#pragma once

#include "core/session/found_models.h"
#include "core/session/place_walk.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace headlens {

// What all places have in common while they are searched.
struct SearchState {
    const ModelJudge& judge;
    const JobControl& control;
    verbs::FoundModels found;
    std::set<std::string> known; // paths of what was found: places may lie within each other
};

class ModelSearch {
public:
    ModelSearch(const ModelPlace& place, SearchState& state);

    PlaceWalk& walk() { return m_walk; }
    // The model that a folder of these entries is, judged; nothing where no weights lie in it. `path` is what is told.
    std::optional<verbs::FoundModel> folderModel(const std::string& name, const std::filesystem::path& path,
                                                 const std::vector<PlaceEntry>& entries);
    // `beside`: what else is in its folder. `type`: what is said of it elsewhere.
    void addFile(const std::string& name, const PlaceEntry& file, const std::vector<PlaceEntry>& beside,
                 const std::string& type = {});
    // Weights that are no model of a folder: each file of its own. `whole` is the name of what they belong to, or
    // empty.
    void addFiles(const std::string& whole, const std::vector<PlaceEntry>& entries);
    void addRefused(const std::string& name, const std::filesystem::path& path, verbs::Sentence whyNot);
    void add(verbs::FoundModel model);
    bool isFull() const; // more are not listed

private:
    void judge(verbs::FoundModel& model, const std::filesystem::path& path);

    PlaceWalk m_walk;
    SearchState& m_state;
    std::string m_source;
};

// What keeps an entry from being read; empty: nothing does.
verbs::Sentence faultOf(const PlaceEntry& entry);
// As it says; empty where it says nothing, or cannot be read.
std::string typeIn(const PlaceEntry& config);

void searchHub(ModelSearch& search);
void searchRepository(ModelSearch& search, const PlaceEntry& repository); // a folder "models--org--name"
void searchOllama(ModelSearch& search);
void searchTree(ModelSearch& search);

} // namespace headlens
