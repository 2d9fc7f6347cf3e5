// SPDX-License-Identifier: GPL-3.0-or-later
// A model that reads a text and says something of it: one stack without a decoder, and the usual heads (BERT,
// ModernBERT). What differs is its StackConfig.
#pragma once

#include "core/models/heads/text_heads.h"
#include "core/models/registry.h"

namespace headlens {

// `config.name` is "text" and is valid. Throws Error(BadWeights | BadConfig).
LoadedModel loadEncoderText(const StackConfig& config, ModelFacts facts, const TextHeadsKind& heads,
                            const Checkpoint& checkpoint, const ModelSettings& settings);

} // namespace headlens
