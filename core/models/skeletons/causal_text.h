// SPDX-License-Identifier: GPL-3.0-or-later
// A language model that is one stack of causal layers: GPT-2, Llama. What differs is its StackConfig.
#pragma once

#include "core/models/registry.h"
#include "core/models/skeletons/stack_config.h"

namespace headlens {

// `config.name` is "text". Takes the head "lm_head.weight" where the file has one that is its own (else the token
// table), and a classifier "score" in its place. `facts.text` says what ends a text. Throws Error(BadWeights |
// BadConfig).
LoadedModel loadCausalText(const StackConfig& config, ModelFacts facts, const Checkpoint& checkpoint,
                           const ModelSettings& settings);

} // namespace headlens
