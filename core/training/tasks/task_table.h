// SPDX-License-Identifier: GPL-3.0-or-later
// Makers of the tasks, each in its own file, for the rows of trainTasks().
#pragma once

#include "core/training/trainer/task.h"

namespace headlens {

std::unique_ptr<TrainingTask> makeBindingsTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeClipTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeDateTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeDepthsTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeDinoTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeEmojiTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeFlamingoTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeLifeTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeLlavaTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeMaeTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeNumberTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makePalmETask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makePatternTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeStoryTask(const TrainRequest& request);
std::unique_ptr<TrainingTask> makeSumsTask(const TrainRequest& request);

} // namespace headlens
