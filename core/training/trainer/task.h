// SPDX-License-Identifier: GPL-3.0-or-later
// What the embedded models that read and write learn. A task is one file and one row of trainTasks().
#pragma once

#include "core/base/job_control.h"
#include "core/models/transformer_model.h"
#include "core/training/trainer/trainer.h"
#include "core/training/trainer/training_state.h"
#include "core/wire/safe_json.h"
#include "core/wire/verbs_model.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

using TaskScore = verbs::MeasuredScore;

class TrainingTask {
public:
    virtual ~TrainingTask() = default;
    virtual std::shared_ptr<Network> network() = 0;
    // The mean loss over the examples of one step; the same seed and step give the same examples.
    virtual at::Tensor loss(std::uint64_t seed, std::int64_t step) = 0;
    // Hears every saved step; for tasks that keep something of the way there.
    virtual void afterStep(std::int64_t) {}
    // What afterStep() kept, as text that is saved with the training state, and given back when that is taken up again.
    virtual std::string saveState() const { return {}; }
    virtual void loadState(const std::string&) {}
    // On examples it never saw, as the engine opens it from the finished file: with its mechanism, without, chance.
    virtual std::vector<TaskScore> measure(const TransformerModel& model) = 0;
    // Tokenizer and whatever else stands beside weights and config.json.
    virtual void writeFiles(const std::string& folder) = 0;
    virtual Json moreConfig() const { return Json::object(); } // beside the network's: labels of classes
    // Writes `count` pictures or texts to try the model on; false for tasks that have none of their own.
    virtual bool writeExamples(const std::string&, int) { return false; }
    virtual std::string data() const = 0; // for the card: what it learnt from, with licences
};

struct TaskRecipe {
    const char* name;
    const char* title;
    const char* shows; // the idea it is for
    std::int64_t steps;
    double rate;
    bool needsArt;
    std::unique_ptr<TrainingTask> (*make)(const TrainRequest&);
};

const std::vector<TaskRecipe>& trainTasks();

// Trains, measures and writes model, tokenizer and card into request.outputFolder. Throws Error.
std::vector<TaskScore> trainTask(const TaskRecipe& recipe, const TrainRequest& request, const JobControl& control,
                                 const std::function<void(const std::string&)>& report);

// Measures the finished model in `folder` again and writes its card and measured.json. Throws Error.
std::vector<TaskScore> measureTask(const TaskRecipe& recipe, const TrainRequest& request);

// measured.json: what list_models and train --list show. Throws Error(WriteFailed).
void writeMeasured(const std::string& folder, const std::string& title, const std::string& shows,
                   const std::vector<TaskScore>& scores);

// A pass that keeps nothing, with every head of `kinds` ablated.
ForwardOptions ablation(const ModelFacts& facts, const std::vector<AttentionKind>& kinds);
// The same with nothing ablated and `switches` set.
ForwardOptions withSwitches(const SwitchValues& switches);

// The steps of the training that `request` asks for.
std::int64_t stepsOf(const TrainRequest& request);

// How many examples to measure with: a training that is only tried out is not measured to the last digit.
int measuringCount(const TrainRequest& request, int full);

// The seed of one example: a different one for every example that was ever drawn.
std::uint64_t exampleSeed(std::uint64_t seed, std::int64_t step, int index);
inline constexpr std::uint64_t kMeasuringSeed = 0xE7A1'0000'0000ULL; // far from every training seed

std::unique_ptr<TrainingTask> makeBindingsTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeRebindTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeDateTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeDepthsTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makePatternTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeDinoTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeMaeTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeLifeTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeSumsTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makePalmETask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeFlamingoTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeNumberTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeStoryTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeClipTask(const TrainRequest& request);

} // namespace headlens
