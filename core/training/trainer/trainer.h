// SPDX-License-Identifier: GPL-3.0-or-later
// Trains an embedded model from scratch: the loop that every task shares.
#pragma once

#include "core/base/job_control.h"
#include "core/training/trainer/task.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

// Writes training.safetensors (the state) every 250 steps and at the end the measured model with its card into
// request.outputFolder. `report` receives one line of progress at a time. Throws Error.
Trained train(const TaskRecipe& recipe, const TrainRequest& request, const JobControl& control,
              const std::function<void(const std::string&)>& report);

// Measures the finished model in request.outputFolder again and writes its card and measured.json. Throws Error.
std::vector<TaskScore> measure(const TaskRecipe& recipe, const TrainRequest& request);

// Writes `count` pictures to try the model on into `folder`; false for tasks that have none. Throws Error.
bool writeExamples(const TrainingTask& task, const std::string& folder, int count);

} // namespace headlens
