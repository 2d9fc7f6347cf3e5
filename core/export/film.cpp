// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/film.h"

#include "core/base/error.h"
#include "core/export/exporter.h"
#include "core/imaging/video.h"

#include <algorithm>
#include <filesystem>

namespace headlens {

namespace fs = std::filesystem;

namespace {

// Removes what was written when the film does not come to its end.
class Unfinished {
public:
    explicit Unfinished(const std::string& target)
        : path(fs::path(target).replace_extension().string() + ".unfinished" + fs::path(target).extension().string()),
          m_target(target)
    {
        if (fs::exists(path))
            throw Error(ErrorCode::WriteFailed, path, "is in the way", "remove it or choose another name");
    }
    ~Unfinished()
    {
        std::error_code problem;
        fs::remove(path, problem);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    void keep() const
    {
        std::error_code problem;
        fs::rename(path, m_target, problem);
        if (problem) throw Error(ErrorCode::WriteFailed, m_target, "could not be written", "choose another folder");
    }
    const std::string path;

private:
    std::string m_target;
};

} // namespace

std::int64_t exportFilm(Session& session, const verbs::ExportFilm& request, const JobControl& control)
{
    const verbs::VideoInfo film = session.openVideo({request.source});
    if (film.frames == 0) throw Error(ErrorCode::Usage, request.source, "has no end", "give a film, not a camera");
    if (fs::weakly_canonical(request.source) == fs::weakly_canonical(request.target))
        throw Error(ErrorCode::Usage, request.target, "is the film that is read", "choose another name");
    const Unfinished unfinished(request.target);
    JobControl inside; // frames may be cancelled; the progress counts frames, not blocks
    inside.cancelled = control.cancelled;
    std::unique_ptr<VideoWriter> writer;
    const std::int64_t first = std::clamp<std::int64_t>(request.first, 0, film.frames - 1);
    const std::int64_t last = request.last < 0 ? film.frames - 1 : std::min(request.last, film.frames - 1);
    std::int64_t written = 0;
    for (std::int64_t frame = first; frame <= last; ++frame) {
        control.checkpoint(int(frame - first), int(last - first + 1), "film");
        const verbs::InputInfo shown = session.setFrame({frame, request.with}, inside).info;
        if (shown.frame != frame) break; // the film ended before it said
        verbs::Export look = request.look;
        look.token = std::min(look.token, shown.tokens - 1);
        const Image8 picture = renderPicture(session.run(), look);
        if (!writer) writer = createVideo(unfinished.path, film.framesPerSecond, picture.width, picture.height);
        writer->add(picture);
        ++written;
    }
    if (!writer) throw Error(ErrorCode::ImageUnreadable, request.source, "has no frame in this range");
    writer->finish();
    unfinished.keep();
    return written;
}

} // namespace headlens
