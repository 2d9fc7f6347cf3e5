// SPDX-License-Identifier: GPL-3.0-or-later
// What sweeps share: many changes of one run, each by itself.
#pragma once

#include "core/attribution/scored_model.h"
#include "core/nn/changes.h"
#include "core/session/run_changes.h"

namespace headlens {

// The score with the changes; blocks before the first of them are not run again where that can be.
double changedScore(const ScoredModel& model, const Changes& changes);

} // namespace headlens
