// SPDX-License-Identifier: GPL-3.0-or-later
// What the embedded models learn. A task is one file in core/training/tasks and one row of trainTasks().
#pragma once

#include "core/base/image8.h"
#include "core/models/transformer_model.h"
#include "core/training/trainer/network.h"
#include "core/wire/safe_json.h"
#include "core/wire/verbs_model.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

using TaskScore = verbs::MeasuredScore;

struct TrainRequest {
    std::string recipe, artFolder, outputFolder;
    std::uint64_t seed = 1;
    bool resume = false;
    double shorten = 1;           // share of the steps, for trying out
    std::string style = "google"; // of the art in example scenes
};

struct ExamplePicture {
    std::string name; // of the file, without number and ending
    Image8 picture;
};

class TrainingTask {
public:
    explicit TrainingTask(const TrainRequest& request);
    virtual ~TrainingTask() = default;
    TrainingTask(const TrainingTask&) = delete;
    TrainingTask& operator=(const TrainingTask&) = delete;

    virtual std::shared_ptr<Network> network() = 0;
    // The mean loss over the examples of one step; the same seed and step give the same examples.
    virtual at::Tensor loss(std::uint64_t seed, std::int64_t step) = 0;
    // Called behind every update; `step`: how many there were.
    virtual void afterStep(std::int64_t) {}
    // What the task itself keeps of the way so far, as text beside weights and moments; given back by --resume before
    // the weights are read.
    virtual std::string saveState() const { return {}; }
    virtual void loadState(const std::string&) {}
    // On examples it never saw, as the engine opens it from the finished file: with its mechanism, without, chance.
    virtual std::vector<TaskScore> measure(const TransformerModel& model) = 0;
    // Tokenizer and whatever else stands beside weights and config.json.
    virtual void writeFiles(const std::string& folder) = 0;
    virtual Json moreConfig() const { return Json::object(); } // beside the network's: labels of classes
    // A picture to try the model on; nothing for tasks that have none of their own.
    virtual std::optional<ExamplePicture> examplePicture(int /*number*/) const { return std::nullopt; }
    virtual std::string data() const = 0; // for the card: what it learnt from, with licences

protected:
    const TrainRequest& request() const { return m_request; }
    std::int64_t steps() const { return m_steps; }
    double done(std::int64_t step) const { return double(step) / double(m_steps); } // share of the training
    // How many examples to measure with: a training that is only tried out is not measured to the last digit.
    int measuringCount(int full) const;

private:
    TrainRequest m_request;
    std::int64_t m_steps;
};

struct TaskRecipe {
    const char* name;
    const char* title;
    const char* shows; // the idea it is for
    std::int64_t steps;
    double rate; // peak learning rate
    bool needsArt;
    std::unique_ptr<TrainingTask> (*make)(const TrainRequest&);
};

struct Trained {
    std::vector<TaskScore> scores;
    std::int64_t steps = 0, parameters = 0;
    double minutes = 0; // of this session
};

const std::vector<TaskRecipe>& trainTasks(); // core/training/tasks/task_table.cpp
// Throws Error(Usage).
const TaskRecipe& taskNamed(const std::string& name);

// The steps of the training that `request` asks for.
std::int64_t stepsOf(const TrainRequest& request);

// The seed of one example: a different one for every example that was ever drawn.
std::uint64_t exampleSeed(std::uint64_t seed, std::int64_t step, int index);
inline constexpr std::uint64_t kMeasuringSeed = 0xE7A1'0000'0000ULL; // far from every training seed

} // namespace headlens
