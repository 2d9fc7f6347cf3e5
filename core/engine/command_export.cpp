// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli export: figures and numbers for one picture or a folder of them, with a manifest.
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"
#include "core/engine/picture_jobs.h"
#include "core/engine/remarks.h"

#include "core/attribution/maps.h"
#include "core/base/attention_math.h"
#include "core/checkpoint/file_bytes.h"
#include "core/export/exporter.h"
#include "core/export/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>

namespace headlens {
namespace {

namespace fs = std::filesystem;

// What is chosen for a figure: layer and head, a layer, or nothing; so many files there are of a picture.
enum class FigureOf { Head, Layer, Picture };

struct FigureKind {
    std::string name;
    FigureOf of;
};

// Every figure that there is: those that are no method's, then the methods.
std::vector<FigureKind> figureKinds()
{
    std::vector<FigureKind> kinds{{"map", FigureOf::Head},
                                  {"grid", FigureOf::Picture},
                                  {"row", FigureOf::Head},
                                  {"matrix", FigureOf::Head},
                                  {"bias", FigureOf::Layer},
                                  {"pca", FigureOf::Layer},
                                  {"reconstruction", FigureOf::Picture}};
    for (const std::string& id : methodIds()) {
        const std::string& over = methodInfo(id).over;
        kinds.push_back({id, over == "head" ? FigureOf::Head : over == "layer" ? FigureOf::Layer : FigureOf::Picture});
    }
    return kinds;
}

FigureOf figureOf(const std::string& name)
{
    const std::vector<FigureKind> kinds = figureKinds();
    const auto hit = std::ranges::find(kinds, name, &FigureKind::name);
    return hit == kinds.end() ? FigureOf::Head : hit->of;
}

std::vector<std::string> figureNames()
{
    std::vector<std::string> names;
    for (const FigureKind& kind : figureKinds()) names.push_back(kind.name);
    return names;
}

struct ExportOptions {
    ModelOptions model;
    InputOptions input; // beside every picture
    std::vector<std::string> images, formats{"png"};
    std::string layer = "all", head = "all", query = "auto", what = "map", out, shard = "1/1";
    int batch = 8;
    bool resume = false;
    verbs::Export look;
};

// "all" or a number below `count`.
std::vector<int> choice(const std::string& text, int count, const char* what)
{
    std::vector<int> chosen;
    if (text == "all") {
        for (int i = 0; i < count; ++i) chosen.push_back(i);
        return chosen;
    }
    int number = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 0 || number >= count)
        throw Error(ErrorCode::Usage, std::string("--") + what + " " + text,
                    "is neither all nor a number from 0 to " + std::to_string(count - 1));
    return {number};
}

class Batch {
public:
    explicit Batch(const ExportOptions& options) : m_options(options), m_model(options.model.open(m_session)) {}

    // One text without a picture.
    void runText(ManifestJournal& journal)
    {
        const PictureJob job{0, "text", "text"};
        verbs::SetInput request = m_options.input.asked();
        request.name = "text";
        try {
            m_options.input.hold(m_session);
            m_session.setInput(request, {});
        } catch (const Error& error) {
            return fail(job, error, journal);
        }
        exportPicture(job, m_session.run(), journal);
    }

    // Runs the jobs together and writes their figures; every one ends up in the journal.
    void run(std::span<const PictureJob> jobs, ManifestJournal& journal)
    {
        runPictures(m_session, m_options.input, jobs,
                    {[&](const PictureJob& job, const Run& run) { exportPicture(job, run, journal); },
                     [&](const PictureJob& job, const Error& error) { fail(job, error, journal); }});
    }
    const verbs::ModelInfo& model() const { return m_model; }
    bool isAlone = false; // of one picture the error itself is the answer

private:
    // Layers of a sequence that is too short for the token are left out.
    bool hasToken(const verbs::InputInfo& input, int layer, int token) const
    {
        if (std::size_t(layer) >= input.blocks.size()) return false;
        const verbs::BlockGrid& block = input.blocks[std::size_t(layer)];
        const verbs::Stream& stream =
            input.streams.at(std::size_t(m_options.look.reverse ? block.keyStream : block.queryStream));
        return token < int(stream.tokens.size()) + stream.prefix + stream.gridHeight * stream.gridWidth;
    }
    // One bad picture must not cost the others.
    void fail(const PictureJob& job, const Error& error, ManifestJournal& journal) const
    {
        if (isAlone || error.code() == ErrorCode::Usage || error.code() == ErrorCode::WriteFailed) throw error;
        say(error.what());
        journal.add(job.number, {{"image", job.path.string()}, {"why", error.what()}});
    }
    void exportPicture(const PictureJob& job, const Run& run, ManifestJournal& journal) const
    {
        try {
            journal.add(job.number, entryOf(job, run));
        } catch (const Error& error) {
            fail(job, error, journal);
        }
    }
    // Writes the figures of one picture; answers its entry for the manifest.
    Json entryOf(const PictureJob& job, const Run& run) const
    {
        const verbs::InputInfo& input = run.info;
        Json entry{{"image", job.path.string()}, {"stem", job.stem},
                   {"sha256", input.sha256},     {"grid", {input.gridHeight, input.gridWidth}},
                   {"region", input.region},     {"files", Json::array()}};
        if (!input.remarks.empty()) entry["remarks"] = input.remarks;
        for (const std::string& remark : input.remarks) say(job.path.string() + ": " + remark);
        verbs::Export request = m_options.look;
        request.what = m_options.what;
        request.token = tokenFrom(m_options.query, m_model, input);
        for (const std::string& format : m_options.formats) {
            request.format = format;
            const FigureOf of = figureOf(request.what);
            if (of == FigureOf::Picture)
                write(run, job.stem + "_" + request.what, request, entry);
            else if (of == FigureOf::Layer)
                eachLayer(run, job.stem, request, entry);
            else
                eachMap(run, job.stem, request, entry);
        }
        return entry;
    }
    // Kinds that join or show all heads of a layer.
    void eachLayer(const Run& run, const std::string& stem, verbs::Export& request, Json& entry) const
    {
        for (const int layer : choice(m_options.layer, int(m_model.blocks.size()), "layer")) {
            request.layer = layer;
            write(run, fmt::format("{}_{}_L{}", stem, request.what, layer), request, entry);
        }
    }
    void eachMap(const Run& run, const std::string& stem, verbs::Export& request, Json& entry) const
    {
        const bool fused = headFusionFrom(m_options.head).value_or(HeadFusion::Single) != HeadFusion::Single;
        for (const int layer : choice(m_options.layer, int(m_model.blocks.size()), "layer")) {
            if (!hasToken(run.info, layer, request.token)) continue;
            request.layer = layer;
            request.fusion = fused ? m_options.head : "single";
            const auto heads =
                fused ? std::vector<int>{0} : choice(m_options.head, m_model.blocks[std::size_t(layer)].heads, "head");
            for (const int head : heads) {
                request.head = head;
                const std::string which = fused ? m_options.head : fmt::format("H{}", head);
                write(run, fmt::format("{}_{}_L{}_{}", stem, request.what, layer, which), request, entry);
            }
        }
    }
    void write(const Run& run, const std::string& name, const verbs::Export& request, Json& entry) const
    {
        const fs::path path = fs::path(m_options.out) / (name + "." + request.format);
        const std::string bytes = renderExport(run, request);
        writeFileWhole(path.string(), bytes);
        entry["files"].push_back({{"file", path.filename().string()},
                                  {"sha256", sha256Of(std::as_bytes(std::span(bytes.data(), bytes.size())))},
                                  {"settings", request}});
    }

    const ExportOptions& m_options;
    Session m_session;
    verbs::ModelInfo m_model;
};

// What every picture of an export has in common.
Json headOf(const ExportOptions& options, const verbs::ModelInfo& model)
{
    verbs::Export look = options.look;
    look.what = options.what;
    return {{"program", "headlens-cli " HEADLENS_VERSION},
            {"model",
             {{"name", model.name},
              {"sha256", model.sha256},
              {"architecture", model.architecture},
              {"precision", model.precision},
              {"assumptions", model.assumptions},
              {"unusedTensors", model.unusedTensors}}},
            {"input", options.input.asked()},
            {"query", options.query},
            {"layer", options.layer},
            {"head", options.head},
            {"formats", options.formats},
            {"look", look}};
}

void run(const ExportOptions& options)
{
    const bool figure = options.what != "row" && options.what != "matrix";
    for (const std::string& format : options.formats)
        if (!figure && (format == "png" || format == "svg"))
            throw Error(ErrorCode::Usage, "--what " + options.what, "is numbers, not a figure",
                        "add --format csv or --format npy");
    std::error_code problem;
    fs::create_directories(options.out, problem);
    if (problem || !fs::is_directory(options.out))
        throw Error(ErrorCode::WriteFailed, options.out, "is no folder and cannot become one", "choose another folder");
    const Shard shard = shardFrom(options.shard);
    if (options.images.empty() && options.input.isEmpty())
        throw Error(ErrorCode::Usage, "export", "needs --image or --text", "see headlens-cli export --help");
    std::vector<PictureJob> jobs = pictureJobs(options.images);
    if (jobs.empty() && !options.images.empty())
        throw Error(ErrorCode::FileMissing, options.images.front(), "holds no pictures", "choose a folder that does");
    Batch batch(options);
    batch.isAlone = jobs.size() <= 1;
    ManifestJournal journal(options.out, shard, headOf(options, batch.model()), options.resume);
    std::erase_if(jobs, [&](const PictureJob& job) {
        return !shard.takes(job.number) || (options.resume && journal.takeEarlier(job.number, identityOf(job)));
    });
    if (options.images.empty()) batch.runText(journal);
    const std::span<const PictureJob> all(jobs);
    for (std::size_t begin = 0; begin < all.size(); begin += std::size_t(options.batch))
        batch.run(all.subspan(begin, std::min(std::size_t(options.batch), all.size() - begin)), journal);
    journal.finish();
    std::printf("%zu pictures written to %s, %zu failed\n", journal.pictures(), options.out.c_str(),
                journal.failures());
    if (journal.pictures() == 0 && journal.failures() > 0)
        throw Error(ErrorCode::ImageUnreadable, options.out, "no picture could be exported");
}

} // namespace

void addExportCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("export", "Write maps, grids, rows and matrices as PNG, SVG, CSV or NPY");
    auto o = std::make_shared<ExportOptions>();
    o->model.addTo(*command);
    command->add_option("--image", o->images, "Pictures or folders of pictures");
    o->input.addWithoutPicture(*command);
    o->input.addMask(*command);
    command->add_option("--what", o->what, "The figure, or a method (headlens-cli methods)")
        ->check(CLI::IsMember(figureNames()))
        ->capture_default_str();
    addMethodSettings(*command, o->look.settings);
    command->add_option("--format", o->formats, "png, svg, csv, npy; several allowed")
        ->check(CLI::IsMember({"png", "svg", "csv", "npy"}));
    command->add_option("--layer", o->layer, "A number or all")->capture_default_str();
    command->add_option("--head", o->head, "A number, all, mean, max or min")->capture_default_str();
    command
        ->add_option("--query", o->query,
                     "auto (cls, or the middle), cls, dist or a token number; with "
                     "windows it counts in the map of the first block")
        ->capture_default_str();
    addScoreOptions(*command, o->look.score);
    command->add_flag("--reverse", o->look.reverse, "Who attends to the query, instead of what it attends to");
    addColormapOption(*command, o->look.colormap);
    command->add_option("--opacity", o->look.opacity, "0 to 1")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    command->add_option("--scale", o->look.scale, "map, layer or global")
        ->check(CLI::IsMember({"map", "layer", "global"}))
        ->capture_default_str();
    command->add_option("--mass", o->look.keepMass, "Paint only the patches that hold this share of the mass")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--recipe", o->look.recipe, "v2 or v3, for --what pca")->check(CLI::IsMember({"v2", "v3"}));
    command->add_flag("--log", o->look.logarithmic, "Logarithmic colours");
    command->add_flag("--smooth", o->look.smooth, "Interpolate between patches");
    command->add_option("--batch", o->batch, "Pictures that go through the model together")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command->add_option("--shard", o->shard,
                        "Only this part of the pictures, such as 2/5; join with headlens-cli merge");
    command->add_flag("--resume", o->resume, "Leave out what an earlier run with these options wrote");
    command->add_option("--out", o->out, "Folder")->required();
    command->callback([o] { run(*o); });
}

} // namespace headlens
