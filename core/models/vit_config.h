// SPDX-License-Identifier: GPL-3.0-or-later
// Reading of a Hugging Face ViT or DeiT config.json: every number is range-checked before anything is allocated.
#pragma once

#include "core/wire/safe_json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

struct VitConfig {
    std::int64_t width = 768, layers = 12, heads = 12, mlpWidth = 3072;
    std::int64_t imageHeight = 224, imageWidth = 224, patch = 16, channels = 3;
    double eps = 1e-12;
    bool queryKeyValueBias = true;
    std::string activation = "gelu";
    std::vector<std::string> labels; // id2label in the order of the ids; empty when absent

    std::int64_t gridHeight() const { return imageHeight / patch; }
    std::int64_t gridWidth() const { return imageWidth / patch; }
};

// Missing keys take the class defaults of transformers (spec/formats.md appendix C). Throws Error(BadConfig) with
// `subject` for values of the wrong kind or out of range, and when heads do not divide the width.
VitConfig parseVitConfig(const Json& config, const std::string& subject);

// Throws Error(BadConfig) when the numbers cannot belong together or are absurd.
void validate(const VitConfig& config, const std::string& subject);

// id2label as a list; ids must be 0..n-1.
std::vector<std::string> parseLabels(const Json& config, const std::string& subject);

} // namespace headlens
