// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/trainer.h"

#include "core/imaging/codec.h"
#include "core/models/registry.h"
#include "core/tensors/runtime.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/training_state.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

namespace headlens {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Report = std::function<void(const std::string&)>;

constexpr const char* kTaskState = "notes"; // in the metadata of training.safetensors

double minutesSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::ratio<60>>(Clock::now() - begin).count();
}

std::string progress(std::int64_t step, std::int64_t total, double loss, double minutes)
{
    char line[128];
    std::snprintf(line, sizeof(line), "step %lld of %lld, loss %.4f, %.0f min left", static_cast<long long>(step),
                  static_cast<long long>(total), loss, minutes);
    return line;
}

void learn(TrainingTask& task, TrainingState& state, double peak, const TrainRequest& request,
           const JobControl& control, const Report& report)
{
    constexpr int kSaveEvery = 250, kTellEvery = 25;
    const auto save = [&] {
        state.save(request.outputFolder + "/training.safetensors", {{kTaskState, task.saveState()}});
    };
    const auto started = Clock::now();
    const std::int64_t begun = state.step(), total = stepsOf(request);
    double shown = 0; // the loss, smoothed
    while (state.step() < total) {
        control.checkpoint(int(state.step()), int(total), "train");
        const at::Tensor loss = task.loss(request.seed, state.step());
        loss.backward();
        state.update(rateAt(peak, state.step(), total));
        task.afterStep(state.step());
        shown = state.step() == begun + 1 ? loss.item<double>() : 0.95 * shown + 0.05 * loss.item<double>();
        const double left = double(total - state.step()) / double(state.step() - begun) * minutesSince(started);
        if (state.step() % kTellEvery == 0) report(progress(state.step(), total, shown, left));
        if (state.step() % kSaveEvery == 0) save();
    }
    save();
}

void resume(TrainingTask& task, TrainingState& state, const std::string& folder)
{
    const std::string saved = folder + "/training.safetensors";
    if (!fs::exists(saved)) return;
    state.restore(saved, [&](const TrainingState::Metadata& metadata) {
        if (const auto own = metadata.find(kTaskState); own != metadata.end()) task.loadState(own->second);
    });
}

// Of the finished model, as the engine opens it.
std::vector<TaskScore> measuredIn(const std::string& folder, TrainingTask& task)
{
    const c10::NoGradGuard noGrad;
    const LoadedModel loaded = loadModel(openCheckpoint(folder), {});
    return task.measure(*loaded.model);
}

} // namespace

Trained train(const TaskRecipe& recipe, const TrainRequest& request, const JobControl& control, const Report& report)
{
    startRuntime();
    const auto started = Clock::now();
    const std::string& folder = request.outputFolder;
    fs::create_directories(folder);
    at::manual_seed(request.seed);
    const std::unique_ptr<TrainingTask> task = recipe.make(request);
    TrainingState state(task->network(), request.seed);
    if (request.resume) resume(*task, state, folder);
    learn(*task, state, recipe.rate, request, control, report);

    state.saveModel(folder, task->moreConfig());
    task->writeFiles(folder);
    report("measuring on new examples");
    const Trained trained{measuredIn(folder, *task), state.step(), state.parameters(), minutesSince(started)};
    writeMeasured(folder, recipe, trained.scores);
    writeCard(recipe, request, *task, trained);
    return trained;
}

std::vector<TaskScore> measure(const TaskRecipe& recipe, const TrainRequest& request)
{
    startRuntime();
    const std::vector<TaskScore> scores = measuredIn(request.outputFolder, *recipe.make(request));
    writeMeasured(request.outputFolder, recipe, scores);
    updateCard(request.outputFolder, scores);
    return scores;
}

bool writeExamples(const TrainingTask& task, const std::string& folder, int count)
{
    fs::create_directories(folder);
    for (int i = 0; i < count; ++i) {
        const std::optional<ExamplePicture> example = task.examplePicture(i);
        if (!example) return false;
        writeText(folder + "/" + example->name + "-" + std::to_string(i) + ".png", encodePng(example->picture));
    }
    return true;
}

} // namespace headlens
