// SPDX-License-Identifier: GPL-3.0-or-later
// Commands over many pictures: which ones there are, what their files are called, and running them several at a time.
#pragma once

#include "core/engine/input_options.h"
#include "core/session/session.h"
#include "core/wire/safe_json.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// One picture of the list, with its place in it and the name its files begin with.
struct PictureJob {
    std::size_t number;
    std::filesystem::path path;
    std::string stem;
};

// Pictures as they are given, folders as what they hold (where that is folders, one a class, as what those hold), in
// the order of their names. No two have the same stem; parts of a split list get the same ones.
std::vector<PictureJob> pictureJobs(const std::vector<std::string>& given);

// What an earlier run must have seen for its files to count (ManifestJournal::takeEarlier).
Json identityOf(const PictureJob& job);

struct PictureVisitor {
    std::function<void(const PictureJob&, const Run&)> each;
    std::function<void(const PictureJob&, const Error&)> failed;
};

// Runs the pictures together; with a text beside every picture one at a time. Every one of them is visited.
void runPictures(Session& session, const InputOptions& beside, std::span<const PictureJob> jobs,
                 const PictureVisitor& visitor);

} // namespace headlens
