// SPDX-License-Identifier: GPL-3.0-or-later
// A task that records its way for the view "Training": history.json beside the weights.
#pragma once

#include "core/training/trainer/history_writer.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/task.h"

#include <cstddef>
#include <string>
#include <vector>

namespace headlens {

class RecordedTask : public TrainingTask {
public:
    using TrainingTask::TrainingTask;
    std::string saveState() const override { return Json(m_history).dump(); }
    void loadState(const std::string& state) override
    {
        m_history = parseJsonObject(state, "the state of the training task").get<verbs::History>();
    }
    void writeFiles(const std::string& folder) override // nothing for a training too short to have steps
    {
        if (!m_history.steps.empty()) writeText(folder + "/history.json", historyText(m_history));
    }

protected:
    // One point of every curve. `values`: in the order of m_history.curves.
    void addPoint(std::int64_t step, const std::vector<double>& values)
    {
        m_history.steps.push_back(step);
        for (std::size_t i = 0; i < values.size(); ++i)
            m_history.curves.at(i).values.push_back(fourDecimals(values[i]));
    }
    verbs::History m_history;
};

} // namespace headlens
