// SPDX-License-Identifier: GPL-3.0-or-later
// headlens-cli stats: what every head does on the whole, over one input or a folder of pictures.
#include "core/checkpoint/file_bytes.h"
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"
#include "core/engine/picture_jobs.h"
#include "core/engine/remarks.h"
#include "core/engine/stats_table.h"
#include "core/export/manifest.h"
#include "core/measures/head_statistics.h"
#include "core/tensors/bridge.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>

namespace headlens {
namespace {

namespace fs = std::filesystem;

struct StatsOptions {
    ModelOptions model;
    InputOptions input; // beside every picture
    std::vector<std::string> pictures;
    std::string out, shard = "1/1", sort, pattern;
    int top = 0, batch = 8;
    bool resume = false, ascending = false;
};

HeadChoiceOfLines choiceOf(const StatsOptions& options)
{
    HeadChoiceOfLines how{headPatternFrom(options.pattern), headColumnFrom(options.sort), options.ascending,
                          options.top};
    if (!options.pattern.empty() && how.pattern < 0) {
        std::string known;
        for (const HeadPattern& one : headPatterns()) known += (known.empty() ? "" : ", ") + std::string(one.id);
        throw Error(ErrorCode::Usage, "--pattern " + options.pattern, "is no pattern", "choose one of " + known);
    }
    if (!options.sort.empty() && how.column < 0) {
        std::string known;
        for (std::size_t i = 0; i < kHeadNumbers; ++i)
            known += (known.empty() ? "" : ", ") + std::string(infoOf(HeadNumber(i)).id);
        throw Error(ErrorCode::Usage, "--sort " + options.sort, "is neither a number nor a pattern",
                    "choose a pattern, or one of " + known);
    }
    if (how.column < 0 && how.pattern >= 0) how.column = int(kHeadNumbers) + how.pattern; // the surest first
    return how;
}

void checkOut(const StatsOptions& options)
{
    const std::string kind = fs::path(options.out).extension().string();
    if (!options.out.empty() && kind != ".csv" && kind != ".json")
        throw Error(ErrorCode::Usage, "--out " + options.out, "is neither .csv nor .json",
                    "give the file one of these endings");
    if (options.out.empty() && (options.shard != "1/1" || options.resume))
        throw Error(ErrorCode::Usage, "stats", "keeps what was counted beside the file that --out names",
                    "add --out FILE.csv");
}

void writeTable(const StatsOptions& options, const verbs::ModelInfo& model, const HeadTable& table)
{
    const std::vector<HeadLine> lines = chosen(table.lines(), choiceOf(options));
    if (options.out.empty()) {
        std::fputs(headText(lines, table.inputs()).c_str(), stdout);
        return;
    }
    if (fs::path(options.out).extension() == ".csv") return writeFileWhole(options.out, headCsv(lines, table.inputs()));
    const Json whole{{"program", "headlens-cli " HEADLENS_VERSION},
                     {"model", {{"name", model.name}, {"sha256", model.sha256}}},
                     {"inputs", table.inputs()},
                     {"heads", headJson(lines, table.inputs())}};
    writeFileWhole(options.out, whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

// Many pictures: what was counted of each is kept in FILE.parts, so that a part of them, or what is left of them, can
// be counted at another time.
class FolderStats {
public:
    FolderStats(const StatsOptions& options, Session& session, const verbs::ModelInfo& model)
        : m_options(options), m_session(session), m_model(model), m_folder(options.out + ".parts")
    {
    }
    void run(std::vector<PictureJob> jobs)
    {
        if (m_options.out.empty()) {
            count(jobs, nullptr);
            return finish();
        }
        std::error_code problem;
        fs::create_directories(m_folder, problem);
        if (problem)
            throw Error(ErrorCode::WriteFailed, m_folder.string(), "cannot be made", "choose another place for --out");
        const Shard shard = shardFrom(m_options.shard);
        ManifestJournal journal(m_folder.string(), shard, head(), m_options.resume);
        std::erase_if(jobs, [&](const PictureJob& job) {
            if (!shard.takes(job.number)) return true;
            if (!m_options.resume || !journal.takeEarlier(job.number, identityOf(job))) return false;
            if (shard.count == 1) takePart(job);
            return true;
        });
        count(jobs, &journal);
        journal.finish();
        if (shard.count == 1) return finish();
        std::printf("part %s: %zu pictures counted, %zu failed; when all parts are there: headlens-cli merge %s, then "
                    "the same with --resume and without --shard\n",
                    m_options.shard.c_str(), journal.pictures(), journal.failures(), m_folder.c_str());
    }

private:
    Json head() const
    {
        return {{"program", "headlens-cli " HEADLENS_VERSION},
                {"model", {{"name", m_model.name}, {"sha256", m_model.sha256}, {"precision", m_model.precision}}},
                {"input", m_options.input.asked()}};
    }
    fs::path partOf(const PictureJob& job) const { return m_folder / (job.stem + ".safetensors"); }
    void count(const std::vector<PictureJob>& jobs, ManifestJournal* journal)
    {
        const auto failed = [&](const PictureJob& job, const Error& error) {
            if (error.code() == ErrorCode::Usage || error.code() == ErrorCode::WriteFailed) throw error;
            say(error.what());
            ++m_failures;
            if (journal != nullptr) journal->add(job.number, {{"image", job.path.string()}, {"why", error.what()}});
        };
        const auto each = [&](const PictureJob& job, const Run& run) {
            try {
                take(job, run, journal);
            } catch (const Error& error) {
                failed(job, error);
            }
        };
        const std::span<const PictureJob> all(jobs);
        for (std::size_t begin = 0; begin < all.size(); begin += std::size_t(m_options.batch))
            runPictures(m_session, m_options.input,
                        all.subspan(begin, std::min(std::size_t(m_options.batch), all.size() - begin)), {each, failed});
    }
    void take(const PictureJob& job, const Run& run, ManifestJournal* journal)
    {
        const FloatArray counted = headNumbers(run);
        m_blocks = run.info.blocks;
        m_table.add(m_blocks, counted);
        if (journal == nullptr) return;
        const at::Tensor values = at::tensor(counted.values).view(counted.shape);
        writeSafetensors(partOf(job).string(), std::vector<TensorBytes>{toBytes("heads", values)}, {});
        journal->add(job.number, {{"image", job.path.string()},
                                  {"stem", job.stem},
                                  {"sha256", run.info.sha256},
                                  {"files", {{{"file", partOf(job).filename().string()}}}}});
    }
    // What an earlier run counted.
    void takePart(const PictureJob& job)
    {
        const std::string path = partOf(job).string();
        const std::vector<TensorBytes> tensors = readTensors(path);
        if (tensors.size() != 1 || tensors.front().shape.size() != 2)
            throw Error(ErrorCode::BadRequest, path, "was not written by headlens-cli stats", "leave out --resume");
        const TensorBytes& one = tensors.front();
        if (m_blocks.empty()) m_blocks = blocksOfModel();
        m_table.add(m_blocks, toArray(fromBytes(one.data, one.dtype, one.shape, path)));
    }
    std::vector<verbs::BlockGrid> blocksOfModel() const
    {
        std::vector<verbs::BlockGrid> blocks;
        for (const auto& block : m_model.blocks) {
            verbs::BlockGrid grid;
            grid.heads = block.heads;
            grid.tower = block.tower;
            grid.kind = block.kind;
            blocks.push_back(grid);
        }
        return blocks;
    }
    void finish() const
    {
        if (m_table.inputs() == 0)
            throw Error(ErrorCode::ImageUnreadable, m_options.pictures.front(), "holds no picture that could be read");
        writeTable(m_options, m_model, m_table);
        say(std::to_string(m_table.inputs()) + " pictures counted, " + std::to_string(m_failures) + " failed");
    }

    const StatsOptions& m_options;
    Session& m_session;
    const verbs::ModelInfo& m_model;
    fs::path m_folder;
    HeadTable m_table;
    std::vector<verbs::BlockGrid> m_blocks;
    int m_failures = 0;
};

void stats(const StatsOptions& options)
{
    checkOut(options);
    static_cast<void>(choiceOf(options)); // said before the model is opened
    if (options.pictures.empty() && options.input.isEmpty())
        throw Error(ErrorCode::Usage, "stats", "needs --image or --text", "see headlens-cli stats --help");
    const std::vector<PictureJob> jobs = pictureJobs(options.pictures);
    if (jobs.empty() && !options.pictures.empty())
        throw Error(ErrorCode::FileMissing, options.pictures.front(), "holds no pictures", "choose a folder that does");
    Session session;
    const verbs::ModelInfo model = options.model.open(session);
    if (jobs.size() > 1) return FolderStats(options, session, model).run(jobs);
    InputOptions input = options.input;
    if (!jobs.empty()) input.image = jobs.front().path.string();
    input.run(session);
    HeadTable table;
    table.add(session.run().info.blocks, headNumbers(session.run()));
    writeTable(options, model, table);
}

} // namespace

void addStatsCommand(CLI::App& app)
{
    auto* command = app.add_subcommand(
        "stats", "What every head does on the whole: entropy, distance, shares of its attention, its pattern");
    auto o = std::make_shared<StatsOptions>();
    o->model.addTo(*command);
    command->add_option("--image", o->pictures, "Pictures or folders of pictures; of several mean and deviation");
    o->input.addWithoutPicture(*command);
    command->add_option("--out", o->out, "A table, .csv or .json; printed without");
    command->add_option("--sort", o->sort, "A number or the score of a pattern, largest first: entropy, induction ...");
    command->add_flag("--ascending", o->ascending, "Smallest first");
    command->add_option("--top", o->top, "So many heads")->check(CLI::Range(1, 1'000'000));
    command->add_option("--pattern", o->pattern, "Only heads that are called so: induction, previous-token, sink ...");
    command->add_option("--batch", o->batch, "Pictures that go through the model together")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command->add_option("--shard", o->shard, "Only this part of the pictures, such as 2/5");
    command->add_flag("--resume", o->resume, "Take over what an earlier run with these options counted");
    command->callback([o] { stats(*o); });
}

} // namespace headlens
