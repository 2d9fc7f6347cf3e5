// SPDX-License-Identifier: GPL-3.0-or-later
// Files beside the weights that say the same as config.json and preprocessor_config.json in other words.
#pragma once

#include "core/wire/safe_json.h"

#include <optional>
#include <string>

namespace headlens {

// What open_clip_config.json says, as config.json and preprocessor_config.json would: sizes of both towers, heads by
// their width (64 unless told), exact GELU unless quick_gelu. Nothing for a tower that is a timm model.
struct OpenClipFiles {
    Json config, preprocessor;
};
std::optional<OpenClipFiles> fromOpenClip(const Json& openClip);

// How sentence-transformers makes one vector of the tokens of a text: 1_Pooling/config.json.
enum class Pooling : std::uint8_t { Mean, First, Largest, MeanBySqrt, Unknown };
Pooling poolingFrom(const Json& config);

} // namespace headlens
