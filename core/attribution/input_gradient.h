// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients of a score at the numbers that go in: pixel values [B,C,H,W], or for texts the rows of the word table
// [B,T,D], before places are added.
#pragma once

#include "core/attribution/scored_model.h"

#include <ATen/core/Tensor.h>

namespace headlens {

// What is explained of the model's input: pixels where it takes any [1,C,H,W], else word embeddings [1,T,D].
at::Tensor explainedNumbers(const ScoredModel& model);

constexpr double kGradientPasses = 3; // there and back, in forward passes

struct InputGradient {
    at::Tensor gradient; // like the input
    at::Tensor score;    // [B]
};
// Of every line of `input` by itself; all of them in one pass.
InputGradient gradientAt(const ScoredModel& model, const at::Tensor& input);

// The scores [B] alone, without gradients.
at::Tensor scoresAt(const ScoredModel& model, const at::Tensor& input);

// `input` [1,...] as so many equal lines, which share their memory.
ModelInput repeated(ModelInput input, std::int64_t lines);

// How many lines are run together: some, as the free memory allows, at most `wanted`.
std::int64_t batchFor(const ScoredModel& model, std::int64_t wanted);

// Writes what was found for every number of one line into the result: "attribution", "pixels" summed over channels and
// the map of their patch sums; of a text the sum of every token.
void addAttribution(MethodResult& result, const ScoredModel& model, const at::Tensor& attribution);

} // namespace headlens
