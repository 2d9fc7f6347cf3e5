// SPDX-License-Identifier: GPL-3.0-or-later
// What a batch export wrote, picture by picture, so that it can be split over machines, go on after an interruption and
// be put together again.
#pragma once

#include "core/wire/safe_json.h"

#include <map>
#include <string>

namespace headlens {

// Part `index` (from 1) of `count`; 1/1 is the whole.
struct Shard {
    int index = 1, count = 1;
    // Which pictures are this part's, by their number in the sorted list: every count-th.
    bool takes(std::size_t number) const { return int(number % std::size_t(count)) + 1 == index; }
};

// "2/5". Throws Error(Usage).
Shard shardFrom(const std::string& text);

// A file of lines, one for every finished picture, appended as they are done; it becomes the manifest at the end.
class ManifestJournal {
public:
    // `head`: the settings of the export. With `resume` what an earlier run with the same head wrote, finished or not,
    // can be taken over; without it, or with another head, it is forgotten.
    ManifestJournal(std::string folder, Shard shard, Json head, bool resume);

    // Takes over what an earlier run wrote of a picture that stands at this place of the list now. `identity`: the
    // fields that its entry must have ("image", "stem", "sha256"). False where there is none, or a file of it is gone.
    bool takeEarlier(std::size_t number, const Json& identity);
    // `entry` has "files" with names in the folder, or "why" where the picture failed.
    void add(std::size_t number, Json entry);
    std::size_t pictures() const;
    std::size_t failures() const { return m_entries.size() - pictures(); }
    // manifest.json, or manifest.2-of-5.json of a part. Throws Error(WriteFailed).
    void finish();

private:
    void readEarlier();
    void remember(const Json& entry);
    std::string finalName() const;

    std::string m_folder, m_journal;
    Shard m_shard;
    Json m_head;
    std::map<std::string, Json> m_earlier; // by "image", of the run before
    std::map<std::size_t, Json> m_entries; // by number; failures have "why"
};

// Joins the parts in a folder into manifest.json; answers how many pictures it lists. Throws Error(BadRequest) when a
// part is missing, does not belong to the others or lists what another part lists.
std::size_t mergeManifests(const std::string& folder);

// Writes beside the target and renames, so that a reader never sees half a file. Throws Error(WriteFailed).
void writeFileWhole(const std::string& path, const std::string& bytes);

} // namespace headlens
