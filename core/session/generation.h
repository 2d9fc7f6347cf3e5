// SPDX-License-Identifier: GPL-3.0-or-later
// How the next token is chosen: always the most probable, by chance within cuts, or by beam search.
#pragma once

#include "core/base/job_control.h"
#include "core/models/transformer_model.h"
#include "core/text/tokenizer.h"
#include "core/wire/verbs.h"

#include <random>
#include <string>
#include <vector>

namespace headlens {

// scores [V] -> probabilities [V] after temperature, then topK, then topP, as transformers orders them. Temperature 0
// leaves the most probable token alone.
at::Tensor sampled(const at::Tensor& scores, const verbs::Generate& request);

// scores [..,V] with those that are never written (TextFacts) out of reach.
at::Tensor allowed(at::Tensor scores, const TextFacts& facts);

// One of them by chance; the same seed gives the same choices on every machine.
int drawn(const at::Tensor& probabilities, std::mt19937_64& chance);

// The best `shown` of probabilities or scores [V], most probable first; pieces by the tokenizer where there is one.
std::vector<verbs::TextScore> bestOf(const at::Tensor& scores, int shown, const Tokenizer* tokenizer);

struct GenerationStart {
    at::Tensor ids;           // [1,n] what the writer is fed first
    std::vector<int> written; // of these, what belongs to the written text, without a start token
    TextFacts facts;
    std::int64_t room = 0; // tokens that still have a position; 0: no limit
};

// Writes until the model ends its text, `request.atMost` tokens are there, or positions run out. `control` hears every
// step with the text so far. Throws Error(Cancelled).
verbs::Written writeOn(Writer& writer, const GenerationStart& start, const verbs::Generate& request,
                       const Tokenizer* tokenizer, const JobControl& control);

} // namespace headlens
