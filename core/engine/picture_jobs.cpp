// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/picture_jobs.h"

#include "core/checkpoint/file_bytes.h"
#include "core/session/input_sets.h"

#include <set>

namespace headlens {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> picturesIn(const std::vector<std::string>& given)
{
    std::vector<fs::path> pictures;
    for (const std::string& name : given) {
        if (!fs::is_directory(name)) {
            pictures.emplace_back(name);
            continue;
        }
        const std::vector<fs::path> inside = filesUnder(name);
        pictures.insert(pictures.end(), inside.begin(), inside.end());
    }
    return pictures;
}

} // namespace

// Pictures of the same name in different folders must not overwrite each other's files. Named before the list is
// split, so that every part gives the same names.
std::vector<PictureJob> pictureJobs(const std::vector<std::string>& given)
{
    std::vector<PictureJob> jobs;
    std::set<std::string> taken;
    for (const fs::path& path : picturesIn(given)) {
        const std::string stem = path.stem().string();
        std::string name = stem;
        for (int n = 2; !taken.insert(name).second; ++n) name = stem + "_" + std::to_string(n);
        jobs.push_back({jobs.size(), path, std::move(name)});
    }
    return jobs;
}

Json identityOf(const PictureJob& job)
{
    try {
        return {{"image", job.path.string()}, {"stem", job.stem}, {"sha256", sha256OfFile(job.path.string())}};
    } catch (const Error&) { // said when its turn comes
        return Json::object();
    }
}

void runPictures(Session& session, const InputOptions& beside, std::span<const PictureJob> jobs,
                 const PictureVisitor& visitor)
{
    if (session.held() == nullptr) beside.hold(session);
    std::vector<PictureFile> files;
    std::vector<const PictureJob*> readable;
    for (const PictureJob& job : jobs) {
        try {
            files.push_back({job.path.string(), readWhole(job.path.string(), 256U << 20)});
            readable.push_back(&job);
        } catch (const Error& error) {
            visitor.failed(job, error);
        }
    }
    if (beside.isEmpty() && beside.isAsTrained()) {
        const std::vector<BatchEntry> batch = session.runBatch(files, beside.asked());
        for (std::size_t i = 0; i < readable.size(); ++i) {
            if (batch[i].failure)
                visitor.failed(*readable[i], *batch[i].failure);
            else
                visitor.each(*readable[i], *batch[i].run);
        }
        return;
    }
    for (std::size_t i = 0; i < readable.size(); ++i) {
        verbs::SetInput request = beside.asked();
        request.name = files[i].name;
        try {
            session.setInput(request, std::as_bytes(std::span(files[i].bytes.data(), files[i].bytes.size())));
        } catch (const Error& error) {
            visitor.failed(*readable[i], error);
            continue;
        }
        visitor.each(*readable[i], session.run());
    }
}

} // namespace headlens
