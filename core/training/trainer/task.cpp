// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/task.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>

namespace headlens {

TrainingTask::TrainingTask(const TrainRequest& request) : m_request(request), m_steps(stepsOf(request)) {}

int TrainingTask::measuringCount(int full) const
{
    constexpr double kTrial = 0.05;
    return m_request.shorten < kTrial ? std::max(1, full / 64) : full;
}

const TaskRecipe& taskNamed(const std::string& name)
{
    for (const TaskRecipe& task : trainTasks())
        if (name == task.name) return task;
    throw Error(ErrorCode::Usage, name, "is no model that can be trained", "see headlens-cli train --list");
}

std::int64_t stepsOf(const TrainRequest& request)
{
    return std::max<std::int64_t>(1, std::llround(double(taskNamed(request.recipe).steps) * request.shorten));
}

std::uint64_t exampleSeed(std::uint64_t seed, std::int64_t step, int index)
{
    std::uint64_t z = seed * 0x9E3779B97F4A7C15ULL + std::uint64_t(step) * 4096 + std::uint64_t(index);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL; // splitmix64 (Steele, Lea, Flood 2014)
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

} // namespace headlens
