// SPDX-License-Identifier: GPL-3.0-or-later
// What sweeps share: many changes of one run, each by itself.
#pragma once

#include "core/attribution/scored_model.h"
#include "core/nn/changes.h"

namespace headlens {

// What enters `block` in the unchanged run; nothing where it was not kept, or where the model has windows or several
// towers.
Resume resumeAt(const Run& run, int block);

// The score with the changes; blocks before the first of them are not run again where that can be.
double changedScore(const ScoredModel& model, const Changes& changes);

} // namespace headlens
