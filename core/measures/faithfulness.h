// SPDX-License-Identifier: GPL-3.0-or-later
// Deletion and insertion curves of a map, for the measure of that name and for the sheet of all methods.
#pragma once

#include "core/attribution/scored_model.h"

namespace headlens {

struct Faithfulness {
    at::Tensor order;                           // [N] int64: patches by falling number of the map
    at::Tensor deletion, insertion;             // [N+1]: probability of the class, or cosine with the text,
                                                // after 0 ... N of them
    double deletionArea = 0, insertionArea = 0; // under the curves over 0..1, by trapezoids
};

// `map` [gh,gw] of patches; `colour` [C,1,1] as fillColour(). Of a model that classifies pictures, or compares them
// with texts. Throws Error(BadRequest) for others, and as ScoredModel::pass().
Faithfulness faithfulnessOf(const ScoredModel& model, const at::Tensor& map, const at::Tensor& colour);

} // namespace headlens
