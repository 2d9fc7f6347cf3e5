// SPDX-License-Identifier: GPL-3.0-or-later
// In what a run differs from the model as it was trained: heads, switches and words that are off.
#pragma once

#include "widgets/viewmodel/run_request.h"

namespace headlens {

bool isAsTrained(const RunRequest& request);
void makeAsTrained(RunRequest& request);
// One entry a kind, to be joined by commas: "heads 8.1, 9.0 off"; empty: as trained.
QStringList changesOf(const RunRequest& request);

} // namespace headlens
