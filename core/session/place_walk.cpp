// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/place_walk.h"

#include "core/base/window_text.h"

#include <algorithm>

#include <sys/stat.h>

namespace headlens {

namespace fs = std::filesystem;

namespace {

constexpr int kMostEntries = 50'000; // of a place: a cache of a thousand models has a tenth of that
constexpr int kMostLinks = 16;       // behind each other

bool isAbove(const fs::path& relative)
{
    return relative.empty() || *relative.begin() == "..";
}

} // namespace

// Progress is not told: the window would show it as that of a model being opened.
PlaceWalk::PlaceWalk(const fs::path& folder, const JobControl& control, std::vector<verbs::Sentence>& remarks)
    : m_given(fs::absolute(folder).lexically_normal()), m_control{control.cancelled, {}}, m_remarks(remarks)
{
    std::error_code problem;
    const fs::path real = fs::canonical(folder, problem);
    if (!problem && fs::is_directory(real, problem)) m_root = real;
    const bool isAbsent = problem == std::errc::no_such_file_or_directory || problem == std::errc::not_a_directory;
    if (problem && !isAbsent) sayUnreadable(folder, problem);
}

void PlaceWalk::stopIfCancelled() const
{
    m_control.checkpoint(0, 0, "find");
}

void PlaceWalk::sayUnreadable(const fs::path& folder, const std::error_code& why)
{
    m_remarks.push_back(
        {HEADLENS_TEXT("FoundModels", "A folder cannot be read: %1."), folder.string() + " (" + why.message() + ")"});
}

// Puts what a link says in place of the link. False where it leaves the place.
bool PlaceWalk::follow(const fs::path& link, fs::path& real, std::deque<fs::path>& rest) const
{
    std::error_code problem;
    fs::path target = fs::read_symlink(link, problem);
    if (target.is_absolute()) {
        const fs::path wanted = target.lexically_normal();
        for (const fs::path& root : {m_root, m_given}) {
            target = wanted.lexically_relative(root);
            if (!isAbove(target)) break;
        }
        if (isAbove(target)) return false;
        real = m_root;
    }
    rest.insert(rest.begin(), target.begin(), target.end());
    return true;
}

// Step by step: the system is never asked about anything outside of the place.
PlaceEntry::Kind PlaceWalk::resolve(const fs::path& path, fs::path& real) const
{
    const fs::path relative = path.lexically_relative(m_root);
    if (isAbove(relative)) return PlaceEntry::Kind::Outside;
    std::deque<fs::path> rest(relative.begin(), relative.end());
    real = m_root;
    for (int links = 0; !rest.empty();) {
        const fs::path part = rest.front();
        rest.pop_front();
        if (part.empty() || part == ".") continue;
        if (part == ".." && real == m_root) return PlaceEntry::Kind::Outside;
        if (part == "..") {
            real = real.parent_path();
            continue;
        }
        std::error_code problem;
        const fs::file_status status = fs::symlink_status(real / part, problem);
        if (!fs::exists(status)) return PlaceEntry::Kind::Missing;
        if (!fs::is_symlink(status))
            real /= part;
        else if (++links > kMostLinks)
            return PlaceEntry::Kind::Missing;
        else if (!follow(real / part, real, rest))
            return PlaceEntry::Kind::Outside;
    }
    return PlaceEntry::Kind::Other;
}

PlaceEntry PlaceWalk::entry(const fs::path& path) const
{
    PlaceEntry entry{path.filename().string(), PlaceEntry::Kind::Missing, path, {}};
    entry.kind = resolve(path, entry.real);
    struct stat info {};
    if (entry.kind != PlaceEntry::Kind::Other || ::lstat(entry.real.c_str(), &info) != 0) return entry;
    if (S_ISREG(info.st_mode)) entry.kind = PlaceEntry::Kind::File;
    if (S_ISDIR(info.st_mode)) entry.kind = PlaceEntry::Kind::Folder;
    entry.bytes = S_ISREG(info.st_mode) ? std::uint64_t(info.st_size) : 0;
    entry.written = std::int64_t(info.st_mtime);
    return entry;
}

std::vector<PlaceEntry> PlaceWalk::entries(const fs::path& folder)
{
    std::vector<PlaceEntry> all;
    const PlaceEntry here = entry(folder);
    if (here.kind != PlaceEntry::Kind::Folder) return all;
    std::error_code problem;
    for (fs::directory_iterator next(here.real, problem), end; !problem && next != end; next.increment(problem)) {
        stopIfCancelled();
        if (++m_seen > kMostEntries) break;
        all.push_back(entry(here.real / next->path().filename()));
    }
    if (problem) sayUnreadable(folder, problem);
    if (m_seen == kMostEntries + 1)
        m_remarks.push_back(
            {HEADLENS_TEXT("FoundModels", "This folder holds very many files; the rest was not looked at: %1."),
             m_given.string()});
    std::ranges::sort(all, {}, &PlaceEntry::name); // what is found must not depend on the file system
    return all;
}

} // namespace headlens
