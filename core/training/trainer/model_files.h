// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside the weights of a trained model: for the engine how its pictures are prepared, for people its card
// (README.md) and what it was measured to reach. All throw Error(WriteFailed).
#pragma once

#include "core/training/trainer/task.h"

#include <string>
#include <vector>

namespace headlens {

void writeText(const std::string& path, const std::string& text);

enum class PictureFit : std::uint8_t {
    Squash, // to a square of `side` pixels
    Height, // the shorter edge to `side` pixels: squares side by side
};
// preprocessor_config.json of a model that sees scenes: bicubic, mean and deviation 0.5.
void writePreprocessor(const std::string& folder, std::int64_t side, PictureFit fit = PictureFit::Squash);

// The card as Markdown: what it is, what it reaches, how it was trained, data and licences.
void writeCard(const TaskRecipe& recipe, const TrainRequest& request, const TrainingTask& task, const Trained& trained);
// The same card, where there is one, with another table of what was reached.
void updateCard(const std::string& folder, const std::vector<TaskScore>& scores);
// measured.json: what list_models and train --list show.
void writeMeasured(const std::string& folder, const TaskRecipe& recipe, const std::vector<TaskScore>& scores);

std::string percent(double share); // "12.3 %"

} // namespace headlens
