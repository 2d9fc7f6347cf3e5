// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside a finished model for people: its card (README.md) and what it was measured to reach.
#pragma once

#include "core/training/trainer/trainer.h"

#include <string>
#include <vector>

namespace headlens {

std::string percent(double share); // "12.3 %"

// The card as Markdown: what it is, what it reaches, how it was trained, data and licences. Throws Error(WriteFailed).
void writeCard(const TaskRecipe& recipe, const TrainRequest& request, const TrainingTask& task, const Trained& trained);
// The same card, where there is one, with another table of what was reached. Throws Error(WriteFailed).
void updateCard(const std::string& folder, const std::vector<TaskScore>& scores);

// measured.json: what list_models and train --list show. Throws Error(WriteFailed).
void writeMeasured(const std::string& folder, const TaskRecipe& recipe, const std::vector<TaskScore>& scores);

} // namespace headlens
