// SPDX-License-Identifier: GPL-3.0-or-later
// What a Swin checkpoint without a Hugging Face config.json says about itself.
#pragma once

#include "core/models/loading.h"
#include "core/models/skeletons/swin_config.h"

#include <string>
#include <vector>

namespace headlens {

// "encoder.layers.1.blocks.0."
std::string swinBlockName(std::size_t stage, std::int64_t block);

// Stages, widths and heads from the tensors; windows from tables, indices, timm's config.json or the name. What had to
// be assumed is appended to `assumptions`. Throws Error(BadWeights) when a window cannot be told.
SwinConfig swinConfigFromShapes(const Checkpoint& checkpoint, const ModelSettings& settings,
                                std::vector<std::string>& assumptions);

} // namespace headlens
