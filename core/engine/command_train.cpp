// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/command_train.h"

#include "core/base/error.h"
#include "core/session/embedded_models.h"
#include "core/training/trainer/task.h"
#include "core/training/trainer/trainer.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

std::atomic<bool> g_interrupted = false;

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.1f %%", 100 * share);
    return text;
}

void tell(const std::vector<verbs::MeasuredScore>& scores)
{
    for (const verbs::MeasuredScore& score : scores) {
        std::printf("    %s: %s", score.what.c_str(), percent(score.with).c_str());
        if (score.without >= 0) std::printf("; %s: %s", score.off.c_str(), percent(score.without).c_str());
        std::printf("; chance: %s\n", percent(score.chance).c_str());
    }
}

// Every model that can be trained, and what the one that comes along was measured to reach.
void list()
{
    const std::vector<verbs::EmbeddedModel> shipped = embeddedModels();
    const auto line = [&](const char* name, const std::string& title) {
        std::printf("%-13s %s\n", name, title.c_str());
        const auto hit = std::ranges::find(shipped, name, &verbs::EmbeddedModel::name);
        if (hit == shipped.end() || hit->scores.empty())
            std::printf("    does not come along, so nothing was measured\n");
        else
            tell(hit->scores);
    };
    for (const TaskRecipe& task : trainTasks()) line(task.name, std::string(task.title) + " (" + task.shows + ")");
    for (const TrainRecipe& recipe : trainRecipes())
        line(recipe.name, std::string(recipe.title) + " (" + recipe.shape.describe() + "; " +
                              std::to_string(recipe.finalSide) + " pixels)");
}

// Writes measured.json of a finished model anew.
void measureAgain(const TrainRequest& request)
{
    const auto& tasks = trainTasks();
    const auto task = std::ranges::find(tasks, request.recipe, &TaskRecipe::name);
    if (task != tasks.end()) return tell(measureTask(*task, request));
    const TrainScores scores = measure(request);
    std::printf("%.1f %% of seen styles (silenced %.1f %%), %.1f %% of the unseen style (silenced %.1f %%)\n",
                100 * scores.seenStyles, 100 * scores.seenAblated, 100 * scores.unseenStyle,
                100 * scores.unseenAblated);
}

// False where the model has no examples of its own.
bool writeOwnExamples(const TrainRequest& request, int count)
{
    const auto& tasks = trainTasks();
    const auto task = std::ranges::find(tasks, request.recipe, &TaskRecipe::name);
    return task != tasks.end() && task->make(request)->writeExamples(request.outputFolder, count);
}

void run(const TrainRequest& request)
{
    const auto& tasks = trainTasks();
    const auto task = std::ranges::find(tasks, request.recipe, &TaskRecipe::name);
    const bool needsArt = task == tasks.end() || task->needsArt;
    if (needsArt && request.artFolder.empty())
        throw Error(ErrorCode::Usage, "train", "needs --art for this model", "see headlens-cli train --help");

    // Ctrl+C ends at the next step; the state of the last 250 steps is on disk and --resume goes on from there.
    std::signal(SIGINT, [](int) { g_interrupted = true; });
    const JobControl control{[] { return g_interrupted.load(); }, {}};
    const auto say = [](const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    };
    if (task != tasks.end()) return tell(trainTask(*task, request, control, say));
    const TrainScores scores = train(request, control, say);
    std::printf("%s: %.1f %% right on new scenes of seen styles, %.1f %% on the unseen style (%d scenes each), %lld "
                "parameters\n",
                request.recipe.c_str(), 100 * scores.seenStyles, 100 * scores.unseenStyle, scores.scenes,
                static_cast<long long>(scores.parameters));
}

} // namespace

void addTrainOptions(CLI::App& app)
{
    auto request = std::make_shared<TrainRequest>();
    auto listing = std::make_shared<bool>(false);
    auto scenes = std::make_shared<int>(0);
    auto again = std::make_shared<bool>(false);
    auto style = std::make_shared<std::string>("google");
    app.add_flag("--list", *listing, "List the models that can be trained");
    app.add_option("name", request->recipe, "Which model, for example emoji-vit");
    app.add_option("--art", request->artFolder, "Folder made by tools/emoji_art.sh (models that see emoji)");
    app.add_option("--out", request->outputFolder, "Folder for the model and the training state");
    app.add_option("--seed", request->seed, "Same seed, same training")->capture_default_str();
    app.add_option("--shorten", request->shorten, "Share of the steps, for trying out")->check(CLI::Range(1e-4, 1.0));
    app.add_flag("--resume", request->resume, "Go on from the state in --out");
    app.add_flag("--measure", *again, "Only measure the finished model in --out again");
    app.add_option("--scenes", *scenes, "Only write this many example scenes of 192 pixels into --out")
        ->check(CLI::Range(1, 100'000));
    app.add_option("--style", *style, "Art style of the example scenes")->capture_default_str();
    app.callback([request, listing, scenes, again, style] {
        if (*listing) return list();
        if (request->recipe.empty() || request->outputFolder.empty())
            throw Error(ErrorCode::Usage, "train", "needs a name and --out", "see headlens-cli train --help");
        constexpr int kSceneSide = 192;
        if (*again) return measureAgain(*request);
        if (*scenes > 0 && writeOwnExamples(*request, *scenes)) return;
        if (*scenes > 0) return writeScenes(*request, *style, *scenes, kSceneSide);
        run(*request);
    });
}

} // namespace headlens
