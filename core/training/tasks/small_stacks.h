// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes that our small models have in common, and how config.json tells them, by the keys of Hugging Face.
#pragma once

#include "core/models/skeletons/stack_config.h"
#include "core/models/skeletons/vit_config.h"
#include "core/wire/json_fwd.h"

#include <cstdint>
#include <string>

namespace headlens {

struct StackSize {
    std::int64_t layers = 2, width = 64, heads = 4;
    std::int64_t mlpWidth = 0; // 0: four times the width
};

// Words, with the norms first (GPT-2's way) and learnt positions.
StackConfig smallStack(const std::string& name, const StackSize& size, std::int64_t vocabulary, std::int64_t positions);
// Square pictures of `side` pixels; with a class token.
VitConfig smallVit(const StackSize& size, std::int64_t side, std::int64_t patch);
// As CLIP has it: a norm before the blocks, patches without a bias, quick GELU.
VitConfig smallClipEye(const StackSize& size, std::int64_t side, std::int64_t patch);
// As smallVit() without a class token, for a language model that hears every patch.
VitConfig smallEye(const StackSize& size, std::int64_t side, std::int64_t patch);

// {"hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "image_size", "patch_size"}
Json sizesOf(const VitConfig& config);
// The config.json of a ViT.
Json vitJson(const VitConfig& config);
// What Flamingo and PaLM-E say of their two halves (core/models/zoo/vision_language_config.h reads it).
Json visionLanguageJson(const VitConfig& vision, const StackConfig& text);

} // namespace headlens
