// SPDX-License-Identifier: GPL-3.0-or-later
// What sweeps share: many changes of one run, each by itself.
#pragma once

#include "core/attribution/scored_model.h"
#include "core/nn/changes.h"
#include "core/session/run_changes.h"

namespace headlens {

// What a pass has to keep for its score: of a word the features that are read.
inline Keep keptForScore(const ScoredModel& model)
{
    return {.attention = false, .hidden = model.said().token >= 0, .values = false, .firstText = false};
}

// The score with the changes; blocks before the first of them are not run again where that can be.
double changedScore(const ScoredModel& model, const Changes& changes);

} // namespace headlens
