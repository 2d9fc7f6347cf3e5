// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/task.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/models/registry.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <sstream>

namespace headlens {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSaveEvery = 250;
constexpr const char* kReached = "## What it reaches\n\n";
constexpr const char* kTrained = "\n## Training\n\n";

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.1f %%", 100 * share);
    return text;
}

// What the card says of the training itself; a later measurement of the same model keeps it.
struct Finished {
    std::int64_t steps = 0, parameters = 0;
    double minutes = 0;
};

std::string tableOf(const std::vector<TaskScore>& scores)
{
    std::ostringstream table;
    table << "| on examples drawn anew | reached | switched off | chance |\n|---|---|---|---|\n";
    for (const TaskScore& score : scores) {
        table << "| " << score.what << " | " << percent(score.with) << " | ";
        if (score.without >= 0) table << percent(score.without) << " (" << score.off << ")";
        table << " | " << percent(score.chance) << " |\n";
    }
    return table.str();
}

std::string cardOf(const TaskRecipe& recipe, const TrainRequest& request, const TrainingTask& task,
                   const std::vector<TaskScore>& scores, const Finished& finished)
{
    std::ostringstream card;
    card << "# " << recipe.name << ": " << recipe.title << "\n\n"
         << "A small transformer trained from scratch for HeadLens, " << finished.parameters
         << " parameters, stored as float16. It shows: " << recipe.shows << ".\n\n"
         << kReached << tableOf(scores) << kTrained << finished.steps << " steps; AdamW, peak rate " << recipe.rate
         << ", cosine; seed " << request.seed << "; " << int(finished.minutes + 0.5)
         << " minutes in the last session. Repeat it with:\n\n";
    if (recipe.needsArt) card << "    tools/emoji_art.sh build/emoji\n";
    card << "    headlens-cli train " << recipe.name << (recipe.needsArt ? " --art build/emoji" : "") << " --out build/"
         << recipe.name << " --seed " << request.seed << "\n\n## Data and licences\n\n"
         << task.data() << "\n\nThe weights are our own and come under GPL-3.0-or-later like the rest of HeadLens.\n";
    return card.str();
}

// The card with another table of what was reached.
std::string remeasured(const std::string& card, const std::vector<TaskScore>& scores)
{
    const std::size_t begin = card.find(kReached), end = card.find(kTrained);
    if (begin == std::string::npos || end == std::string::npos || end < begin) return card;
    return card.substr(0, begin) + kReached + tableOf(scores) + card.substr(end);
}

std::vector<TaskScore> measuredIn(const std::string& folder, TrainingTask& task)
{
    const c10::NoGradGuard noGrad;
    const LoadedModel loaded = loadModel(openCheckpoint(folder), {});
    return task.measure(*loaded.model);
}

} // namespace

std::uint64_t exampleSeed(std::uint64_t seed, std::int64_t step, int index)
{
    std::uint64_t z = seed * 0x9E3779B97F4A7C15ULL + std::uint64_t(step) * 4096 + std::uint64_t(index);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL; // splitmix64 (Steele, Lea, Flood 2014)
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

const std::vector<TaskRecipe>& trainTasks()
{
    static const std::vector<TaskRecipe> kTable{
        {"dates", "dates in many forms, written as year-month-day", "the encoder-decoder of 2017", 3000, 1.5e-3, false,
         makeDateTask},
        {"number-words", "numbers and dates in English and Chinese words, written in digits",
         "the encoder-decoder of 2017", 6000, 2e-3, false, makeNumberTask},
        {"story-gpt", "small stories about who has what, told on word by word", "a causal language model", 4500, 2e-3,
         false, makeStoryTask},
        {"bindings", "who has what, asked long after it was said", "Infini-attention", 4000, 2e-3, false,
         makeBindingsTask},
        {"rebinding", "who has what now, after it changed hands", "Infini-attention with the delta rule", 4000, 2e-3,
         false, makeRebindTask},
        {"glyph-depths", "the warm digit among cool ones, with few patches looked at", "Mixture-of-Depths", 2500, 1e-3,
         false, makeDepthsTask},
        {"sum-depths", "small sums, with few characters worked on in every second block",
         "Mixture-of-Depths for text, with a predictor", 3000, 2e-3, false, makeSumsTask},
        {"glyph-dense", "the warm digit among cool ones", "dense attention, to compare", 1600, 2e-3, false,
         makePatternTask},
        {"glyph-window", "the warm digit, every patch looking at its neighbours only", "window and global attention",
         1600, 2e-3, false, makePatternTask},
        {"glyph-coarse", "the warm digit, every patch looking at coarse ones", "multi-scale keys (after PVT)", 4000,
         2e-3, false, makePatternTask},
        {"glyph-low-rank", "the warm digit, through eight learnt mixtures of all patches", "Linformer", 4000, 2e-3,
         false, makePatternTask},
        {"glyph-linear", "the warm digit with attention that never draws a map", "linear attention", 4000, 2e-3, false,
         makePatternTask},
        {"flamingo", "coloured shapes in pictures side by side, described one after the other",
         "Flamingo: pictures and words through gates", 4000, 2e-3, false, makeFlamingoTask},
        {"things-dino", "things before changing backgrounds, learnt without a single label",
         "DINO: a student and its slow teacher", 2000, 1e-3, false, makeDinoTask},
        {"things-dino-flat", "the same without sharpening: the teacher says everything of everything",
         "DINO collapsed: centring alone", 300, 1e-3, false, makeDinoTask},
        {"things-dino-spike", "the same without centring: the teacher says one thing of everything",
         "DINO collapsed: sharpening alone", 300, 1e-3, false, makeDinoTask},
        {"things-mae", "pictures filled in from a quarter of their patches", "a masked autoencoder", 1500, 1.5e-3,
         false, makeMaeTask},
        {"lives", "made-up lives as sentences, with a hidden word and an order to judge",
         "life2vec: events with age and date", 3000, 2e-3, false, makeLifeTask},
        {"table-palm-e", "questions about a table of blocks, told by a picture, by numbers or by cut-out blocks",
         "PaLM-E: sentences with vectors that are no words", 3000, 1.5e-3, false, makePalmETask},
        {"emoji-clip", "emoji scenes and their captions in one space", "contrastive learning", 4000, 1e-3, true,
         makeClipTask},
    };
    return kTable;
}

std::vector<TaskScore> trainTask(const TaskRecipe& recipe, const TrainRequest& request, const JobControl& control,
                                 const std::function<void(const std::string&)>& report)
{
    startRuntime();
    const auto started = Clock::now();
    fs::create_directories(request.outputFolder);
    at::manual_seed(request.seed);
    const std::unique_ptr<TrainingTask> task = recipe.make(request);
    TrainingState state(task->network(), request.seed);
    const std::string stateFile = request.outputFolder + "/training.safetensors";
    if (request.resume && fs::exists(stateFile))
        state.restore(stateFile, [&](const TrainingState::Metadata& metadata) {
            if (const auto notes = metadata.find("notes"); notes != metadata.end()) task->loadState(notes->second);
        });
    const auto save = [&] { state.save(stateFile, {{"notes", task->saveState()}}); };
    const std::int64_t total = stepsOf(request);
    const std::int64_t begun = state.step();
    const AdamSettings settings;
    double shown = 0;
    while (state.step() < total) {
        control.checkpoint(int(state.step()), int(total), "train");
        const at::Tensor loss = task->loss(request.seed, state.step());
        loss.backward();
        state.update(settings, rateAt(recipe.rate, state.step(), total));
        shown = state.step() == begun + 1 ? loss.item<double>() : 0.95 * shown + 0.05 * loss.item<double>();
        task->afterStep(state.step());
        if (state.step() % 25 == 0) {
            const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
            char line[128];
            std::snprintf(line, sizeof(line), "step %lld of %lld, loss %.4f, %.0f min left",
                          static_cast<long long>(state.step()), static_cast<long long>(total), shown,
                          double(total - state.step()) * seconds / double(state.step() - begun) / 60);
            report(line);
        }
        if (state.step() % kSaveEvery == 0) save();
    }
    save();
    state.saveModel(request.outputFolder, task->moreConfig());
    task->writeFiles(request.outputFolder);
    report("measuring on new examples");
    const std::vector<TaskScore> scores = measuredIn(request.outputFolder, *task);
    const Finished finished{state.step(), state.parameters(),
                            std::chrono::duration<double>(Clock::now() - started).count() / 60};
    writeMeasured(request.outputFolder, recipe.title, recipe.shows, scores);
    writeText(request.outputFolder + "/README.md", cardOf(recipe, request, *task, scores, finished));
    return scores;
}

std::vector<TaskScore> measureTask(const TaskRecipe& recipe, const TrainRequest& request)
{
    startRuntime();
    const std::unique_ptr<TrainingTask> task = recipe.make(request);
    const std::vector<TaskScore> scores = measuredIn(request.outputFolder, *task);
    writeMeasured(request.outputFolder, recipe.title, recipe.shows, scores);
    const std::string card = request.outputFolder + "/README.md";
    if (fs::exists(card)) writeText(card, remeasured(readWhole(card, 1U << 20), scores));
    return scores;
}

void writeMeasured(const std::string& folder, const std::string& title, const std::string& shows,
                   const std::vector<TaskScore>& scores)
{
    const Json measured{{"title", title}, {"shows", shows}, {"scores", scores}};
    writeText(folder + "/measured.json", measured.dump(1) + "\n");
}

std::int64_t stepsOf(const TrainRequest& request)
{
    const auto& tasks = trainTasks();
    const auto own = std::ranges::find(tasks, request.recipe, [](const TaskRecipe& task) { return task.name; });
    if (own == tasks.end()) throw Error(ErrorCode::Internal, request.recipe, "is no training task");
    return std::max<std::int64_t>(1, std::llround(double(own->steps) * request.shorten));
}

int measuringCount(const TrainRequest& request, int full)
{
    constexpr double kTrial = 0.05;
    return request.shorten < kTrial ? std::max(1, full / 64) : full;
}

ForwardOptions ablation(const ModelFacts& facts, const std::vector<AttentionKind>& kinds)
{
    ForwardOptions options = withSwitches({});
    for (int block = 0; block < int(facts.blocks.size()); ++block)
        if (const BlockFacts& one = facts.blocks[std::size_t(block)]; std::ranges::find(kinds, one.kind) != kinds.end())
            for (int head = 0; head < one.heads; ++head) options.ablated.push_back({block, head});
    return options;
}

ForwardOptions withSwitches(const SwitchValues& switches)
{
    ForwardOptions options;
    options.keep = {false, false};
    options.switches = switches;
    return options;
}

} // namespace headlens
