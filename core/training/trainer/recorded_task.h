// SPDX-License-Identifier: GPL-3.0-or-later
// A task that records its way for the view "Training": history.json beside the weights.
#pragma once

#include "core/training/trainer/history_writer.h"
#include "core/training/trainer/task.h"

#include <cstddef>
#include <string>

namespace headlens {

class RecordedTask : public TrainingTask {
public:
    using TrainingTask::TrainingTask;
    std::string saveState() const override { return Json(m_history).dump(); }
    void loadState(const std::string& state) override
    {
        m_history = parseJsonObject(state, "the state of the training task").get<verbs::History>();
    }
    void writeFiles(const std::string& folder) override { writeHistory(folder, m_history); }

protected:
    // One point of every curve. `values`: in the order of m_history.curves.
    template <class Values>
    void addPoint(std::int64_t step, const Values& values)
    {
        m_history.steps.push_back(step);
        std::size_t curve = 0;
        for (const double value : values) m_history.curves[curve++].values.push_back(fourDecimals(value));
    }
    template <class Curves> // pairs of panel and name
    void beginCurves(const Curves& curves)
    {
        for (const auto& [panel, name] : curves) m_history.curves.push_back({panel, name, {}});
    }
    verbs::History m_history;
};

} // namespace headlens
