// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/command_sheet.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/engine/picture_jobs.h"
#include "core/engine/remarks.h"
#include "core/export/heat_picture.h"
#include "core/export/manifest.h"
#include "core/export/svg.h"
#include "core/imaging/codec.h"
#include "core/measures/sheet.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <span>

namespace headlens {
namespace {

namespace fs = std::filesystem;

// What sheet.csv says of one method on one picture.
Json lineOf(const SheetEntry& entry)
{
    const verbs::MapJudgement& judged = entry.judged;
    return {{"method", entry.method},          {"class", judged.label},
            {"deletion", judged.deletionArea}, {"insertion", judged.insertionArea},
            {"largest", judged.largest},       {"seconds", judged.seconds}};
}

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

std::vector<SheetCell> cellsOf(const std::vector<SheetEntry>& entries)
{
    std::vector<SheetCell> cells;
    for (const SheetEntry& entry : entries)
        cells.push_back(
            {entry.title,
             fmt::format("{:.3f}", entry.judged.deletionArea),
             {entry.judged.display.rows(), int(entry.judged.display.shape.back()), entry.judged.display.values, {}}});
    return cells;
}

class Sheets {
public:
    Sheets(const SheetOptions& options, const InputOptions& input, const verbs::ScoreChoice& score, std::string folder)
        : m_options(options), m_input(input), m_score(score), m_folder(std::move(folder))
    {
    }
    void run(Session& session, const verbs::ModelInfo& model, std::vector<PictureJob> jobs)
    {
        const Shard shard = shardFrom(m_options.shard);
        ManifestJournal journal(m_folder.string(), shard, headOf(model), m_options.resume);
        std::erase_if(jobs, [&](const PictureJob& job) {
            if (!shard.takes(job.number)) return true;
            if (!m_options.resume || !journal.takeEarlier(job.number, identityOf(job))) return false;
            const std::string path = dataOf(job).string();
            remember(job, parseJsonObject(readWhole(path, kMostBytes), path).value("methods", Json::array()));
            return true;
        });
        const auto failed = [&](const PictureJob& job, const Error& error) {
            if (error.code() == ErrorCode::Usage || error.code() == ErrorCode::WriteFailed) throw error;
            if (jobs.size() == 1 && m_lines.empty()) throw error; // of one picture the error itself is the answer
            say(error.what());
            journal.add(job.number, {{"image", job.path.string()}, {"why", error.what()}});
        };
        const auto each = [&](const PictureJob& job, const Run& one) {
            try {
                write(job, one, journal);
            } catch (const Error& error) {
                failed(job, error);
            }
        };
        for (const PictureJob& job : jobs) // one at a time: the methods run it many times over
            runPictures(session, m_input, std::span(&job, 1), {each, failed});
        journal.finish();
        writeTables();
        say(fmt::format("{} pictures, {} failed", journal.pictures(), journal.failures()));
    }

private:
    static constexpr std::size_t kMostBytes = 16U << 20;

    Json headOf(const verbs::ModelInfo& model) const
    {
        return {{"program", "headlens-cli " HEADLENS_VERSION},
                {"model", {{"name", model.name}, {"sha256", model.sha256}, {"precision", model.precision}}},
                {"input", m_input.asked()},
                {"methods", m_options.methods},
                {"fill", m_options.fill},
                {"target", m_score.target},
                {"against", m_score.against}};
    }
    fs::path dataOf(const PictureJob& job) const { return m_folder / (job.stem + ".json"); }
    void remember(const PictureJob& job, const Json& lines)
    {
        if (lines.is_array()) m_lines[job.path.string()] = lines;
    }
    void write(const PictureJob& job, const Run& run, ManifestJournal& journal)
    {
        const std::vector<std::string> methods =
            m_options.methods.empty() ? sheetMethods(run, m_options.seconds) : m_options.methods;
        const std::vector<SheetEntry> entries = sheetOf(run, methods, m_score, m_options.fill);
        Json lines = Json::array();
        for (const SheetEntry& entry : entries) lines.push_back(lineOf(entry));
        HeatStyle style;
        style.colormap = m_options.colormap;
        const std::string caption = fmt::format("{}: {}; above each map the area under its deletion curve",
                                                run.modelInfo().name, entries.front().judged.label);
        const int patch = run.info.blocks.front().cell;
        writeFileWhole((m_folder / (job.stem + ".png")).string(),
                       encodePng(paintSheet(run.seen, cellsOf(entries), style, patch, caption)));
        writeFileWhole((m_folder / (job.stem + ".svg")).string(),
                       svgSheet(run.seen, cellsOf(entries), style, patch, caption));
        writeFileWhole(dataOf(job).string(),
                       Json({{"methods", lines}}).dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        remember(job, lines);
        Json files = Json::array();
        for (const char* kind : {".png", ".svg", ".json"}) files.push_back({{"file", job.stem + kind}});
        journal.add(job.number,
                    {{"image", job.path.string()}, {"stem", job.stem}, {"sha256", run.info.sha256}, {"files", files}});
    }
    void writeTables() const
    {
        std::string sheet = "image,method,class,deletion,insertion,difference,largest,seconds\n";
        struct Mean {
            double deletion = 0, insertion = 0;
            int pictures = 0;
        };
        std::map<std::string, Mean> means;
        for (const auto& [image, lines] : m_lines)
            for (const Json& line : lines) {
                const double deletion = line.value("deletion", 0.0), insertion = line.value("insertion", 0.0);
                const std::string method = line.value("method", "");
                sheet += fmt::format("{},{},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.3f}\n", quoted(image), method,
                                     quoted(line.value("class", "")), deletion, insertion, insertion - deletion,
                                     line.value("largest", 0.0), line.value("seconds", 0.0));
                Mean& mean = means[method];
                mean.deletion += deletion;
                mean.insertion += insertion;
                ++mean.pictures;
            }
        writeFileWhole((m_folder / "sheet.csv").string(), sheet);
        std::vector<std::pair<std::string, Mean>> ranking(means.begin(), means.end());
        std::ranges::sort(ranking, std::greater(), [](const auto& one) {
            return (one.second.insertion - one.second.deletion) / one.second.pictures;
        });
        std::string averages = "method,pictures,deletion,insertion,difference\n";
        for (const auto& [method, mean] : ranking) {
            const double n = mean.pictures;
            averages += fmt::format("{},{},{:.6g},{:.6g},{:.6g}\n", method, mean.pictures, mean.deletion / n,
                                    mean.insertion / n, (mean.insertion - mean.deletion) / n);
        }
        writeFileWhole((m_folder / "averages.csv").string(), averages);
        std::fputs(averages.c_str(), stdout);
    }

    const SheetOptions& m_options;
    const InputOptions& m_input;
    verbs::ScoreChoice m_score;
    fs::path m_folder;
    std::map<std::string, Json> m_lines; // of every picture, by its path
};

} // namespace

void writeSheets(const ModelOptions& model, const InputOptions& input, const verbs::ScoreChoice& score,
                 const SheetOptions& options, const std::string& out)
{
    if (out.empty() || input.image.empty())
        throw Error(ErrorCode::Usage, "--sheet", "needs --image (a picture or a folder) and --out (a folder)",
                    "see headlens-cli attribute --help");
    const std::vector<PictureJob> jobs = pictureJobs({input.image});
    if (jobs.empty())
        throw Error(ErrorCode::FileMissing, input.image, "holds no pictures", "choose a folder that does");
    std::error_code problem;
    fs::create_directories(out, problem);
    if (problem) throw Error(ErrorCode::WriteFailed, out, "cannot be made", "choose another folder");
    InputOptions beside = input;
    beside.image.clear();
    Session session;
    const verbs::ModelInfo opened = model.open(session);
    Sheets(options, beside, score, out).run(session, opened, jobs);
}

} // namespace headlens
