// SPDX-License-Identifier: GPL-3.0-or-later
// Walks a folder that anybody may have filled: follows links as far as they stay inside and come to an end, and looks
// at a bounded number of entries. What it could not look at becomes a remark. One thread.
#pragma once

#include "core/base/job_control.h"
#include "core/wire/verbs_model.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace headlens {

struct PlaceEntry {
    // Missing: a link whose end is not there, or that goes round in circles. Outside: its end is in another place.
    enum class Kind : std::uint8_t { File, Folder, Missing, Outside, Other };
    std::string name;
    Kind kind = Kind::Other;
    std::filesystem::path path; // as it stands in the place
    std::filesystem::path real; // what its links end at, inside the place; only of files and folders
    std::uint64_t bytes = 0;    // of a file
    std::int64_t written = 0;   // of a file or folder, in seconds since 1970
};

class PlaceWalk {
public:
    // `remarks` outlives it. Throws nothing for a folder that is not there.
    PlaceWalk(const std::filesystem::path& folder, const JobControl& control, std::vector<verbs::Sentence>& remarks);

    bool exists() const { return !m_root.empty(); }
    const std::filesystem::path& root() const { return m_root; } // without links
    // What stands in a folder of the place, by name. Empty where it cannot be read, or where the place holds too much.
    // Throws Error(Cancelled).
    std::vector<PlaceEntry> entries(const std::filesystem::path& folder);
    PlaceEntry entry(const std::filesystem::path& path) const;
    // True once for every folder, by whatever way one comes to it.
    bool isNew(const std::filesystem::path& real) { return m_visited.insert(real).second; }
    void stopIfCancelled() const;

private:
    PlaceEntry::Kind resolve(const std::filesystem::path& path, std::filesystem::path& real) const;
    bool follow(const std::filesystem::path& link, std::filesystem::path& real,
                std::deque<std::filesystem::path>& rest) const;
    void sayUnreadable(const std::filesystem::path& folder, const std::error_code& why);

    std::filesystem::path m_given, m_root;
    JobControl m_control;
    std::vector<verbs::Sentence>& m_remarks;
    std::set<std::filesystem::path> m_visited;
    int m_seen = 0; // entries so far
};

} // namespace headlens
