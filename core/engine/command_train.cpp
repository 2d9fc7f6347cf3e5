// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"

#include "core/base/error.h"
#include "core/training/task.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

std::atomic<bool> g_interrupted = false;

void list()
{
    for (const TaskRecipe& task : trainTasks()) std::printf("%-12s %s\n", task.name, task.title);
    for (const TrainRecipe& recipe : trainRecipes())
        std::printf("%-12s %s (%s; %d pixels)\n", recipe.name, recipe.title, recipe.shape.describe().c_str(),
                    recipe.finalSide);
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
    const auto tell = [](const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    };
    if (task != tasks.end()) {
        for (const TaskScore& score : trainTask(*task, request, control, tell))
            std::printf("%s: %.1f %% (chance %.1f %%)\n", score.what.c_str(), 100 * score.value, 100 * score.chance);
        return;
    }
    const TrainScores scores = train(request, control, tell);
    std::printf("%s: %.1f %% right on new scenes of seen styles, %.1f %% on the unseen style (%d scenes each), %lld "
                "parameters\n",
                request.recipe.c_str(), 100 * scores.seenStyles, 100 * scores.unseenStyle, scores.scenes,
                static_cast<long long>(scores.parameters));
}

} // namespace

void addTrainCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("train", "Train an embedded model from scratch");
    auto request = std::make_shared<TrainRequest>();
    auto listing = std::make_shared<bool>(false);
    auto scenes = std::make_shared<int>(0);
    auto style = std::make_shared<std::string>("google");
    command->add_flag("--list", *listing, "List the models that can be trained");
    command->add_option("name", request->recipe, "Which model, for example emoji-vit");
    command->add_option("--art", request->artFolder, "Folder made by tools/emoji_art.sh (models that see emoji)");
    command->add_option("--out", request->outputFolder, "Folder for the model and the training state");
    command->add_option("--seed", request->seed, "Same seed, same training")->capture_default_str();
    command->add_option("--shorten", request->shorten, "Share of the steps, for trying out")
        ->check(CLI::Range(1e-4, 1.0));
    command->add_flag("--resume", request->resume, "Go on from the state in --out");
    command->add_option("--scenes", *scenes, "Only write this many example scenes of 192 pixels into --out")
        ->check(CLI::Range(1, 100'000));
    command->add_option("--style", *style, "Art style of the example scenes")->capture_default_str();
    command->callback([request, listing, scenes, style] {
        if (*listing) return list();
        if (request->recipe.empty() || request->outputFolder.empty())
            throw Error(ErrorCode::Usage, "train", "needs a name and --out", "see headlens-cli train --help");
        constexpr int kSceneSide = 192;
        if (*scenes > 0) return writeScenes(*request, *style, *scenes, kSceneSide);
        run(*request);
    });
}

} // namespace headlens
