// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of one training that lie side by side: folders or files whose names differ in the number of the step
// alone ("checkpoint-500", "step_1000.pt", "200"). By names only, nothing is opened. Plain.
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace headlens {

struct TrainingCheckpoint {
    std::int64_t step = 0;
    QString path;
    bool operator==(const TrainingCheckpoint&) const = default;
};

inline constexpr int kMostCheckpoints = 1000; // of a training that has more, evenly thinned out; the last one stays

// Those beside `model` (a file or folder) where it is one of them, else those inside of it; by their steps. Empty
// where there are fewer than two, or it lies on another computer.
std::vector<TrainingCheckpoint> checkpointsOf(const QString& model);
// Its place among them; -1: it is none of them.
int placeOf(const std::vector<TrainingCheckpoint>& series, const QString& model);

} // namespace headlens
