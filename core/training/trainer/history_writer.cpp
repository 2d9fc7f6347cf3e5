// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/history_writer.h"

#include "core/training/trainer/model_files.h"

namespace headlens {

void writeHistory(const std::string& folder, const verbs::History& history)
{
    if (!history.steps.empty()) writeText(folder + "/history.json", historyText(history));
}

} // namespace headlens
