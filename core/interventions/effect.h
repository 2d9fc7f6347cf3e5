// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a score when a pass is changed.
#pragma once

#include "core/attribution/scored_model.h"
#include "core/nn/changes.h"

namespace headlens {

// "logits" [1,C] with the changes, "logits.original" without, "effect" [1]: the score less what it became. The blocks
// before the first change are not run again where the run kept what enters it. Throws as ScoredModel::pass().
MethodResult effectOf(const ScoredModel& model, const Changes& changes);

} // namespace headlens
