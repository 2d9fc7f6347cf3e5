// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli export: figures and numbers for one picture or a folder of them, with a manifest.
#include "core/engine/commands.h"
#include "core/engine/model_options.h"

#include "core/base/attention_math.h"
#include "core/checkpoint/file_bytes.h"
#include "core/export/exporter.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

namespace headlens {
namespace {

namespace fs = std::filesystem;

struct ExportOptions {
    ModelOptions model;
    std::vector<std::string> images, formats{"png"};
    std::string layer = "all", head = "all", query = "auto", what = "map", fit = "trained", out;
    verbs::Export look;
};

std::vector<fs::path> picturesIn(const std::vector<std::string>& given)
{
    std::vector<fs::path> pictures;
    for (const std::string& name : given) {
        if (!fs::is_directory(name)) {
            pictures.emplace_back(name);
            continue;
        }
        std::vector<fs::path> inside;
        for (const auto& entry : fs::directory_iterator(name))
            if (entry.is_regular_file()) inside.push_back(entry.path());
        std::ranges::sort(inside);
        pictures.insert(pictures.end(), inside.begin(), inside.end());
    }
    return pictures;
}

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

void writeFile(const fs::path& path, const std::string& bytes)
{
    const fs::path temporary = path.string() + ".tmp";
    std::ofstream file(temporary, std::ios::binary);
    file.write(bytes.data(), std::streamsize(bytes.size()));
    file.close();
    std::error_code problem;
    if (file) fs::rename(temporary, path, problem);
    if (!file || problem) {
        fs::remove(temporary, problem);
        throw Error(ErrorCode::WriteFailed, path.string(), "could not be written",
                    "choose another folder or free some space");
    }
}

class Batch {
public:
    explicit Batch(const ExportOptions& options)
        : m_options(options), m_model(m_inspection.openModel(options.model.request()))
    {
    }

    // One picture; answers its entry for the manifest.
    Json exportPicture(const fs::path& path)
    {
        const std::string file = readWhole(path.string(), 256U << 20);
        m_inspection.setPicture({path.string(), m_options.fit}, std::as_bytes(std::span(file.data(), file.size())));
        const verbs::InputInfo& input = m_inspection.input();
        Json entry{{"image", path.string()},
                   {"sha256", input.sha256},
                   {"grid", {input.gridHeight, input.gridWidth}},
                   {"region", input.region},
                   {"files", Json::array()}};
        verbs::Export request = m_options.look;
        request.what = m_options.what;
        request.token = tokenFrom(m_options.query, m_model, input);
        const std::string stem = freeName(path.stem().string());
        for (const std::string& format : m_options.formats) {
            request.format = format;
            if (request.what == "grid" || request.what == "reconstruction")
                write(stem + "_" + request.what, request, entry);
            else if (request.what == "effective" || request.what == "bias" || request.what == "pca")
                eachLayer(stem, request, entry);
            else
                eachMap(stem, request, entry);
        }
        return entry;
    }
    const verbs::ModelInfo& model() const { return m_model; }

private:
    // Pictures of the same name in different folders must not overwrite each other's figures.
    std::string freeName(const std::string& stem)
    {
        std::string name = stem;
        for (int n = 2; !m_names.insert(name).second; ++n) name = stem + "_" + std::to_string(n);
        return name;
    }
    // Kinds that join or show all heads of a layer.
    void eachLayer(const std::string& stem, verbs::Export& request, Json& entry)
    {
        for (const int layer : choice(m_options.layer, int(m_model.blocks.size()), "layer")) {
            request.layer = layer;
            write(stem + "_" + request.what + "_L" + std::to_string(layer), request, entry);
        }
    }
    void eachMap(const std::string& stem, verbs::Export& request, Json& entry)
    {
        const bool fused = headFusionFrom(m_options.head).value_or(HeadFusion::Single) != HeadFusion::Single;
        for (const int layer : choice(m_options.layer, int(m_model.blocks.size()), "layer")) {
            request.layer = layer;
            request.fusion = fused ? m_options.head : "single";
            const auto heads =
                fused ? std::vector<int>{0} : choice(m_options.head, m_model.blocks[std::size_t(layer)].heads, "head");
            for (const int head : heads) {
                request.head = head;
                write(stem + "_" + request.what + "_L" + std::to_string(layer) +
                          (fused ? "_" + m_options.head : "_H" + std::to_string(head)),
                      request, entry);
            }
        }
    }
    void write(const std::string& name, const verbs::Export& request, Json& entry)
    {
        const fs::path path = fs::path(m_options.out) / (name + "." + request.format);
        const std::string bytes = renderExport(m_inspection, request);
        writeFile(path, bytes);
        entry["files"].push_back({{"file", path.filename().string()},
                                  {"sha256", sha256Of(std::as_bytes(std::span(bytes.data(), bytes.size())))},
                                  {"settings", request}});
    }

    const ExportOptions& m_options;
    Inspection m_inspection;
    verbs::ModelInfo m_model;
    std::set<std::string> m_names;
};

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
    Batch batch(options);
    Json manifest{{"program", "headlens-cli " HEADLENS_VERSION},
                  {"model",
                   {{"name", batch.model().name},
                    {"sha256", batch.model().sha256},
                    {"architecture", batch.model().architecture},
                    {"assumptions", batch.model().assumptions}}},
                  {"fit", options.fit},
                  {"query", options.query},
                  {"pictures", Json::array()},
                  {"failures", Json::array()}};
    const auto pictures = picturesIn(options.images);
    for (const fs::path& path : pictures) {
        try {
            manifest["pictures"].push_back(batch.exportPicture(path));
        } catch (const Error& error) { // one bad picture must not cost the others
            if (pictures.size() == 1 || error.code() == ErrorCode::Usage) throw;
            std::fprintf(stderr, "headlens-cli: %s\n", error.what());
            manifest["failures"].push_back({{"image", path.string()}, {"why", error.what()}});
        }
    }
    writeFile(fs::path(options.out) / "manifest.json",
              manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    std::printf("%zu pictures written to %s, %zu failed\n", manifest["pictures"].size(), options.out.c_str(),
                manifest["failures"].size());
    if (manifest["pictures"].empty())
        throw Error(ErrorCode::ImageUnreadable, options.out, "no picture could be exported");
}

} // namespace

void addExportCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("export", "Write maps, grids, rows and matrices as PNG, SVG, CSV or NPY");
    auto o = std::make_shared<ExportOptions>();
    o->model.addTo(*command);
    command->add_option("--image", o->images, "Pictures or folders of pictures")->required();
    command
        ->add_option("--what", o->what,
                     "map, grid, row, matrix; received, entropy, distance, effective; bias, pca, reconstruction")
        ->check(CLI::IsMember({"map", "grid", "row", "matrix", "received", "entropy", "distance", "effective", "bias",
                               "pca", "reconstruction"}))
        ->capture_default_str();
    command->add_option("--format", o->formats, "png, svg, csv, npy; several allowed")
        ->check(CLI::IsMember({"png", "svg", "csv", "npy"}));
    command->add_option("--layer", o->layer, "A number or all")->capture_default_str();
    command->add_option("--head", o->head, "A number, all, mean, max or min")->capture_default_str();
    command
        ->add_option("--query", o->query,
                     "auto (cls, or the middle), cls, dist or a token number; with "
                     "windows it counts in the map of the first block")
        ->capture_default_str();
    command->add_flag("--reverse", o->look.reverse, "Who attends to the query, instead of what it attends to");
    command->add_option("--fit", o->fit, "trained, squash or native")
        ->check(CLI::IsMember({"trained", "squash", "native"}))
        ->capture_default_str();
    command->add_option("--colormap", o->look.colormap, "viridis, cividis, magma, inferno, plasma, grey")
        ->check(CLI::IsMember({"viridis", "cividis", "magma", "inferno", "plasma", "grey"}))
        ->capture_default_str();
    command->add_option("--opacity", o->look.opacity, "0 to 1")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    command->add_option("--scale", o->look.scale, "map, layer or global")
        ->check(CLI::IsMember({"map", "layer", "global"}))
        ->capture_default_str();
    command->add_option("--mass", o->look.keepMass, "Paint only the patches that hold this share of the mass")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--recipe", o->look.recipe, "v2 or v3, for --what pca")->check(CLI::IsMember({"v2", "v3"}));
    command->add_flag("--log", o->look.logarithmic, "Logarithmic colours");
    command->add_flag("--smooth", o->look.smooth, "Interpolate between patches");
    command->add_option("--out", o->out, "Folder")->required();
    command->callback([o] { run(*o); });
}

} // namespace headlens
