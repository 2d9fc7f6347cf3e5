// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/task.h"

#include "core/tensors/runtime.h"

#include <torch/torch.h>

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

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.1f %%", 100 * share);
    return text;
}

struct Finished {
    std::int64_t steps = 0, parameters = 0;
    double minutes = 0;
};

std::string cardOf(const TaskRecipe& recipe, const TrainRequest& request, const TrainingTask& task,
                   const std::vector<TaskScore>& scores, const Finished& finished)
{
    std::ostringstream card;
    card << "# " << recipe.name << ": " << recipe.title << "\n\n"
         << "A small transformer trained from scratch for HeadLens, " << finished.parameters
         << " parameters, stored as float16 in the Hugging Face layout.\n\n## What it reaches\n\n"
         << "| on new examples (never used in training) | reached | chance |\n|---|---|---|\n";
    for (const TaskScore& score : scores)
        card << "| " << score.what << " | " << percent(score.value) << " | " << percent(score.chance) << " |\n";
    card << "\n## Training\n\n"
         << finished.steps << " steps; AdamW, peak rate " << recipe.rate << ", cosine; seed " << request.seed << "; "
         << int(finished.minutes + 0.5) << " minutes in the last session. Repeat it with:\n\n";
    if (recipe.needsArt) card << "    tools/emoji_art.sh build/emoji\n";
    card << "    headlens-cli train " << recipe.name << (recipe.needsArt ? " --art build/emoji" : "") << " --out build/"
         << recipe.name << " --seed " << request.seed << "\n\n## Data and licences\n\n"
         << task.data() << "\n\nThe weights are our own and come under GPL-3.0-or-later like the rest of HeadLens.\n";
    return card.str();
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
        {"number-words", "numbers and dates in English and Chinese words, written in digits", 6000, 2e-3, false,
         makeNumberTask},
        {"story-gpt", "small stories about who has what, told on word by word", 4500, 2e-3, false, makeStoryTask},
        {"emoji-clip", "emoji scenes and their captions in one space", 4000, 1e-3, true, makeClipTask},
    };
    return kTable;
}

std::vector<TaskScore> trainTask(const TaskRecipe& recipe, const TrainRequest& request, const JobControl& control,
                                 const std::function<void(const std::string&)>& report)
{
    startRuntime();
    const auto started = Clock::now();
    fs::create_directories(request.outputFolder);
    torch::manual_seed(request.seed);
    const std::unique_ptr<TrainingTask> task = recipe.make(request);
    TrainingState state(task->network(), request.seed);
    const std::string stateFile = request.outputFolder + "/training.safetensors";
    if (request.resume && fs::exists(stateFile))
        state.restore(stateFile, [&](const TrainingState::Metadata& metadata) {
            if (const auto notes = metadata.find("notes"); notes != metadata.end()) task->recall(notes->second);
        });
    const auto save = [&] { state.save(stateFile, {{"notes", task->notes()}}); };
    const auto total = std::max<std::int64_t>(1, std::llround(double(recipe.steps) * request.shorten));
    const std::int64_t begun = state.step();
    const AdamSettings settings;
    double shown = 0;
    while (state.step() < total) {
        control.checkpoint(int(state.step()), int(total), "train");
        const at::Tensor loss = task->loss(request.seed, state.step());
        loss.backward();
        state.update(settings, rateAt(recipe.rate, state.step(), total));
        shown = state.step() == begun + 1 ? loss.item<double>() : 0.95 * shown + 0.05 * loss.item<double>();
        task->passed(state.step());
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
    report("measuring on new examples");
    std::vector<TaskScore> scores;
    {
        const at::NoGradGuard noGrad;
        scores = task->measure();
    }
    state.saveModel(request.outputFolder, Json::object());
    task->writeFiles(request.outputFolder);
    const Finished finished{state.step(), state.parameters(),
                            std::chrono::duration<double>(Clock::now() - started).count() / 60};
    writeText(request.outputFolder + "/README.md", cardOf(recipe, request, *task, scores, finished));
    return scores;
}

} // namespace headlens
