// SPDX-License-Identifier: GPL-3.0-or-later
// From what the heads of a model computed to what a person reads: one function for each kind of verbs::Output.
#pragma once

#include "core/session/run.h"
#include "core/wire/verbs_outputs.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headlens {

struct LoadedModel;

// Fills run.info.outputs with the kinds that the model names (ModelFacts::outputs) and that this pass has, and
// run.reconstruction.
void describeOutputs(Run& run);

// logits [T,C] -> the best classes of every token, most probable first.
verbs::TokenClasses tokenClasses(const at::Tensor& logits, const LoadedModel& model);

// The five best answers: start and end logits [T] over the words of the second text of `stream` (of the only one where
// there is no second), at most 15 tokens long, as the pipeline of transformers chooses them: the first token takes part
// in the softmax, as "no answer", and is left out afterwards. `mask` [T]: 0 for tokens nobody may look at; undefined:
// none.
std::vector<verbs::AnswerSpan> answerSpans(const at::Tensor& start, const at::Tensor& end, const verbs::Stream& stream,
                                           const at::Tensor& mask = {});

} // namespace headlens
