// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli film: a film with the attention map over every frame.
#include "core/engine/commands.h"
#include "core/engine/model_options.h"
#include "core/export/exporter.h"
#include "core/export/film.h"

#include <chrono>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct FilmOptions {
    ModelOptions model;
    std::string query = "auto";
    verbs::ExportFilm film;
};

void run(FilmOptions& options)
{
    Session session;
    const verbs::ModelInfo model = options.model.open(session);
    session.openVideo({options.film.source});
    options.film.look.token = tokenFrom(options.query, model, session.setFrame({0, options.film.with}).info);
    const auto start = std::chrono::steady_clock::now();
    const std::int64_t frames = exportFilm(session, options.film);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%lld frames written to %s, %.1f a second\n", static_cast<long long>(frames),
                options.film.target.c_str(), double(frames) / seconds);
}

} // namespace

void addFilmCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("film", "Paint the attention map over every frame of a film");
    auto o = std::make_shared<FilmOptions>();
    o->model.addTo(*command);
    verbs::Export& look = o->film.look;
    command->add_option("--film", o->film.source, "The film to read")->required();
    command->add_option("--out", o->film.target, "The film to write: .mp4 or .avi")->required();
    command->add_option("--what", look.what, "map or grid")
        ->check(CLI::IsMember({"map", "grid"}))
        ->capture_default_str();
    command->add_option("--layer", look.layer, "A number")->check(CLI::NonNegativeNumber)->capture_default_str();
    command->add_option("--head", look.head, "A number")->check(CLI::NonNegativeNumber)->capture_default_str();
    command->add_option("--fusion", look.fusion, "single, or mean, max, min of all heads")
        ->check(CLI::IsMember({"single", "mean", "max", "min"}))
        ->capture_default_str();
    command->add_option("--query", o->query, "auto, cls, dist or a token number")->capture_default_str();
    command->add_option("--fit", o->film.with.fit, "trained, squash or native")
        ->check(CLI::IsMember({"trained", "squash", "native"}))
        ->capture_default_str();
    command->add_option("--first", o->film.first, "Frame to begin with")->check(CLI::NonNegativeNumber);
    command->add_option("--last", o->film.last, "Frame to end with; the last one unless given");
    command
        ->add_option("--colormap", look.colormap, "viridis, cividis, magma, inferno, plasma, grey, turbo (not uniform)")
        ->check(CLI::IsMember({"viridis", "cividis", "magma", "inferno", "plasma", "grey"}))
        ->capture_default_str();
    command->add_option("--opacity", look.opacity, "0 to 1")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    command->add_flag("--smooth", look.smooth, "Interpolate between patches");
    command->callback([o] { run(*o); });
}

} // namespace headlens
