// SPDX-License-Identifier: GPL-3.0-or-later
// Files beside the weights that say the same as config.json and preprocessor_config.json in other words.
#pragma once

#include "core/wire/safe_json.h"

#include <optional>
#include <string>
#include <vector>

namespace headlens {

// What open_clip_config.json says, as config.json and preprocessor_config.json would: sizes of both towers, heads by
// their width (64 unless told), exact GELU unless quick_gelu. Nothing for a tower that is a timm model. Throws
// Error(UnsupportedModel) for what changes the numbers and is not computed here (another pooling, CoCa).
struct OpenClipFiles {
    Json config, preprocessor;
};
std::optional<OpenClipFiles> fromOpenClip(const Json& openClip);

// How sentence-transformers makes one vector of the tokens of a text: 1_Pooling/config.json.
enum class Pooling : std::uint8_t { Mean, First, Largest, MeanBySqrt, Unknown };
Pooling poolingFrom(const Json& config);

// What modules.json lists beside the transformer: where the pooling stands, and modules that are not computed here.
struct SentenceModules {
    std::string pooling;             // its folder; empty: none
    std::vector<std::string> others; // "2_Dense"
};
SentenceModules sentenceModules(const Json& list);

} // namespace headlens
