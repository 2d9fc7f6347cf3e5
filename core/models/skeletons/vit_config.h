// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of a plain transformer over patches: ViT, DeiT, DINO v1 to v3, BEiT, MAE. Every number is range-checked
// before anything is allocated.
#pragma once

#include "core/nn/position_interpolation.h"
#include "core/wire/json_fwd.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headlens {

// One kind of learnt token before the patches.
struct PrefixToken {
    std::string weight; // canonical name below "embeddings."
    std::string shown;  // "cls", "dist", "reg"
    std::int64_t count = 1;
};

struct VitConfig {
    std::int64_t width = 768, layers = 12, heads = 12, mlpWidth = 3072;
    std::int64_t imageHeight = 224, imageWidth = 224, patch = 16, channels = 3;
    double eps = 1e-12;
    std::string activation = "gelu";
    std::vector<std::string> labels; // id2label in the order of the ids; empty when absent

    std::vector<PrefixToken> prefix{{"cls_token", "cls", 1}};
    bool positions = true;             // learnt absolute positions
    std::int64_t positionedPrefix = 1; // how many of the prefix tokens have one
    PositionInterpolation interpolation = PositionInterpolation::HuggingFace;
    double ropeTheta = 0;      // above 0: rotary positions of the patches (DINOv3)
    bool relativeBias = false; // a table of relative positions in every block (BEiT)
    bool sharedRelativeBias = false;

    bool queryBias = true, keyBias = true, valueBias = true, outputBias = true, mlpBias = true, patchBias = true;
    bool layerScale = false, gated = false, normBefore = false, queryKeyNorm = false;
    std::string pattern = "dense";    // attention_patterns.h
    std::int64_t recipes = 0;         // keys of the pattern "low rank"
    std::vector<std::int64_t> routed; // blocks that work on `capacity` chosen patches only (Mixture-of-Depths)
    std::int64_t capacity = 0;
    bool finalNorm = true; // false: a pooled norm follows instead (BEiT, timm's fc_norm)

    bool isRouted(std::int64_t block) const { return std::ranges::find(routed, block) != routed.end(); }
    std::int64_t gridHeight() const { return imageHeight / patch; }
    std::int64_t gridWidth() const { return imageWidth / patch; }
    std::int64_t prefixTokens() const
    {
        std::int64_t total = 0;
        for (const PrefixToken& token : prefix) total += token.count;
        return total;
    }
};

// A Hugging Face config.json of any of these families (model_type); missing keys take the class defaults of
// transformers. Throws Error(BadConfig) with `subject` for values of the wrong kind or out
// of range, and when heads do not divide the width.
VitConfig parseVitConfig(const Json& config, const std::string& subject);

// Throws Error(BadConfig) when the numbers cannot belong together or are absurd.
void validate(const VitConfig& config, const std::string& subject);

// id2label as a list; ids must be 0..n-1.
std::vector<std::string> parseLabels(const Json& config, const std::string& subject);

} // namespace headlens
