// SPDX-License-Identifier: GPL-3.0-or-later
// From the heads of text models to what a person reads: classes of tokens, and answers cut out of a text.
#pragma once

#include "core/wire/verbs_input.h"

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace headlens {

// logits [T,C] -> the best classes of every token, most probable first.
std::vector<verbs::TopTokens> tokenLabels(const at::Tensor& logits, const std::vector<std::string>& labels);

// The five best answers: start and end logits [T] over the words of the second text of `stream` (of the only one where
// there is no second), at most 15 tokens long, as the pipeline of transformers chooses them: the first token takes part
// in the softmax, as "no answer", and is left out afterwards. `mask` [T]: 0 for tokens nobody may look at; undefined:
// none.
std::vector<verbs::AnswerSpan> answerSpans(const at::Tensor& start, const at::Tensor& end, const verbs::Stream& stream,
                                           const at::Tensor& mask = {});

} // namespace headlens
