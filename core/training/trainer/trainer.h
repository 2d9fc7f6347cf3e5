// SPDX-License-Identifier: GPL-3.0-or-later
// Trains an embedded model from scratch. A recipe is one row of a table (design.md: registries are tables).
#pragma once

#include "core/base/job_control.h"
#include "core/training/tasks/trainable.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct TrainRecipe {
    const char* name;
    const char* title;
    const char* unseenStyle; // the art style that training never sees
    TrainShape shape;
    int firstSide, finalSide; // pictures grow from the first to the second side
    int firstSteps, finalSteps, batch;
    double rate;
};

const std::vector<TrainRecipe>& trainRecipes();

struct TrainRequest {
    std::string recipe, artFolder, outputFolder;
    std::uint64_t seed = 1;
    bool resume = false;
    double shorten = 1; // share of the steps, for trying out
};

struct TrainScores {
    double seenStyles = 0, unseenStyle = 0;    // share of new scenes classified right, 0..1
    double seenAblated = 0, unseenAblated = 0; // the same with every head ablated
    int scenes = 0;                            // of each kind
    std::int64_t steps = 0, parameters = 0;
    double minutes = 0;
};

// Writes training.safetensors (the state) every 250 steps and at the end the model with its card into outputFolder.
// `report` receives one line of progress at a time.
TrainScores train(const TrainRequest& request, const JobControl& control,
                  const std::function<void(const std::string&)>& report);

// Measures the finished model in outputFolder again and writes measured.json.
TrainScores measure(const TrainRequest& request);

// preprocessor_config.json of a model that sees scenes: squash bicubic to `side`, mean and deviation 0.5.
void writePreprocessor(const std::string& folder, std::int64_t side);

// Writes `count` clean scenes of one art style as <concept>-<n>.png: examples to look at, or to try the model on.
void writeScenes(const TrainRequest& request, const std::string& style, int count, int side);

// The card as Markdown: what it is, data and licences, how it was trained, what it reached.
std::string modelCard(const TrainRecipe& recipe, const TrainRequest& request, const TrainScores& scores,
                      const std::vector<std::string>& styles);

} // namespace headlens
