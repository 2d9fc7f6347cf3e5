// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/command_train.h"

#include "core/base/error.h"
#include "core/session/embedded_models.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/trainer.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

namespace headlens {
namespace {

std::atomic<bool> g_interrupted = false;

void tell(const std::vector<TaskScore>& scores)
{
    for (const TaskScore& score : scores) {
        std::printf("    %s: %s", score.what.c_str(), percent(score.with).c_str());
        if (score.without >= 0) std::printf("; %s: %s", score.off.c_str(), percent(score.without).c_str());
        std::printf("; chance: %s\n", percent(score.chance).c_str());
    }
}

// Every model that can be trained, and what the one that comes along was measured to reach.
void list()
{
    const std::vector<verbs::EmbeddedModel> shipped = embeddedModels();
    for (const TaskRecipe& task : trainTasks()) {
        std::printf("%-13s %s (%s)\n", task.name, task.title, task.shows);
        const auto hit = std::ranges::find(shipped, task.name, &verbs::EmbeddedModel::name);
        if (hit == shipped.end() || hit->scores.empty())
            std::printf("    does not come along, so nothing was measured\n");
        else
            tell(hit->scores);
    }
}

void run(const TaskRecipe& task, const TrainRequest& request)
{
    // Ctrl+C ends at the next step; the state of the last 250 steps is on disk and --resume goes on from there.
    std::signal(SIGINT, [](int) { g_interrupted = true; });
    const JobControl control{[] { return g_interrupted.load(); }, {}};
    const auto say = [](const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    };
    tell(train(task, request, control, say).scores);
}

struct Options {
    TrainRequest request;
    bool list = false, again = false;
    int scenes = 0;
};

void act(const Options& options)
{
    const TrainRequest& request = options.request;
    if (options.list) return list();
    if (request.recipe.empty() || request.outputFolder.empty())
        throw Error(ErrorCode::Usage, "train", "needs a name and --out", "see headlens-cli train --help");
    const TaskRecipe& task = taskNamed(request.recipe);
    if (task.needsArt && request.artFolder.empty())
        throw Error(ErrorCode::Usage, "train", "needs --art for this model", "see headlens-cli train --help");
    if (options.again) return tell(measure(task, request));
    if (options.scenes == 0) return run(task, request);
    if (!writeExamples(*task.make(request), request.outputFolder, options.scenes))
        throw Error(ErrorCode::Usage, request.recipe, "has no examples to write");
}

} // namespace

void addTrainOptions(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    TrainRequest& request = options->request;
    app.add_flag("--list", options->list, "List the models that can be trained");
    app.add_option("name", request.recipe, "Which model, for example emoji-vit");
    app.add_option("--art", request.artFolder, "Folder made by tools/emoji_art.sh (models that see emoji)");
    app.add_option("--out", request.outputFolder, "Folder for the model and the training state");
    app.add_option("--seed", request.seed, "Same seed, same training")->capture_default_str();
    app.add_option("--shorten", request.shorten, "Share of the steps, for trying out")->check(CLI::Range(1e-4, 1.0));
    app.add_flag("--resume", request.resume, "Go on from the state in --out");
    app.add_flag("--measure", options->again, "Only measure the finished model in --out again");
    app.add_option("--scenes", options->scenes, "Only write this many example scenes of 192 pixels into --out")
        ->check(CLI::Range(1, 100'000));
    app.add_option("--style", request.style, "Art style of the example scenes")->capture_default_str();
    app.callback([options] { act(*options); });
}

} // namespace headlens
