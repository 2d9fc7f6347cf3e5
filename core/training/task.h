// SPDX-License-Identifier: GPL-3.0-or-later
// What the embedded models that read and write learn. A task is one file and one row of trainTasks().
#pragma once

#include "core/base/job_control.h"
#include "core/training/trainer.h"
#include "core/training/training_state.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

// A number that the finished model reached on examples it never saw.
struct TaskScore {
    std::string what;
    double value = 0, chance = 0; // shares
};

class TrainingTask {
public:
    virtual ~TrainingTask() = default;
    virtual std::shared_ptr<Network> network() = 0;
    // The mean loss over the examples of one step; the same seed and step give the same examples.
    virtual at::Tensor loss(std::uint64_t seed, std::int64_t step) = 0;
    // Hears every saved step; for tasks that keep something of the way there.
    virtual void passed(std::int64_t) {}
    // What passed() kept, as text that is saved with the training state, and given back when that is taken up again.
    virtual std::string notes() const { return {}; }
    virtual void recall(const std::string&) {}
    virtual std::vector<TaskScore> measure() = 0;
    // Tokenizer and whatever else stands beside weights and config.json.
    virtual void writeFiles(const std::string& folder) = 0;
    virtual std::string data() const = 0; // for the card: what it learnt from, with licences
};

struct TaskRecipe {
    const char* name;
    const char* title;
    std::int64_t steps;
    double rate;
    bool needsArt;
    std::unique_ptr<TrainingTask> (*make)(const TrainRequest&);
};

const std::vector<TaskRecipe>& trainTasks();

// Trains, measures and writes model, tokenizer and card into request.outputFolder. Throws Error.
std::vector<TaskScore> trainTask(const TaskRecipe& recipe, const TrainRequest& request, const JobControl& control,
                                 const std::function<void(const std::string&)>& report);

// The seed of one example: a different one for every example that was ever drawn.
std::uint64_t exampleSeed(std::uint64_t seed, std::int64_t step, int index);
inline constexpr std::uint64_t kMeasuringSeed = 0xE7A1'0000'0000ULL; // far from every training seed

std::unique_ptr<TrainingTask> makeNumberTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeStoryTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeClipTask(const TrainRequest& request);

} // namespace headlens
