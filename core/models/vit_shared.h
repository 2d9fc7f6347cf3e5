// SPDX-License-Identifier: GPL-3.0-or-later
// Steps that the loaders of the ViT family share.
#pragma once

#include "core/models/registry.h"
#include "core/models/vit_encoder.h"

namespace headlens {

// The configuration from config.json and `settings`, or from tensor shapes and known tables when there is none
// (spec/formats.md section 3); what had to be assumed is appended to `assumptions`.
VitConfig vitConfigFor(const Checkpoint& checkpoint, const ModelSettings& settings, std::size_t prefixTokens,
                       std::vector<std::string>& assumptions);

// The preprocessing from preprocessor_config.json, or the family's usual one, said in `assumptions`.
PreprocessPlan planFor(const Checkpoint& checkpoint, const VitConfig& config, std::vector<std::string>& assumptions);

// Facts that follow from the configuration; architecture, tokens and classes are the caller's.
ModelFacts factsFrom(const VitConfig& config);

// Takes every weight of `encoder` from the checkpoint.
void loadEncoder(VitEncoder& encoder, WeightBinder& binder);

// A classifier by its canonical name: weight [classes,width]; undefined when the checkpoint has none. Sets `classes`.
Linear takeHead(const Checkpoint& checkpoint, WeightBinder& binder, const std::string& name, std::int64_t width,
                int& classes);

bool wantsNonFinite(const ModelSettings& settings);

} // namespace headlens
