// SPDX-License-Identifier: GPL-3.0-or-later
// What Flamingo and PaLM-E in small have in common: a ViT without a class token whose patches a causal language model
// hears. config.json holds both as "vision_config" and "text_config"; the layout is ours.
#pragma once

#include "core/models/skeletons/stack_loading.h"
#include "core/models/skeletons/vit_config.h"

#include <string>
#include <vector>

namespace headlens {

struct VisionLanguageConfig {
    VitConfig vision;
    StackConfig text;
};

// Throws Error(BadConfig) where a section is missing or contradicts the tensors.
VisionLanguageConfig readVisionLanguageConfig(const Checkpoint& checkpoint, const ModelSettings& settings,
                                              std::vector<std::string>& assumptions);

// Sizes of the pictures and what there is to say about the text.
void describe(const VisionLanguageConfig& config, const JsonFields& fields, ModelFacts& facts);

} // namespace headlens
