// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.json, the one file of newer tokenizers. Its baked-in truncation and padding do not count: the caller of
// encode() decides.
#pragma once

#include "core/text/pipeline.h"

namespace headlens::text {

constexpr std::size_t largestTokenizerFile = std::size_t(96) << 20; // the largest real ones have about 35 MB

// Throws Error(BadConfig) for damaged files, Error(UnsupportedModel) with the name of an unknown part.
Parts parseTokenizerJson(std::string_view bytes, const std::string& subject);

// vocab.json or "vocab": an object of pieces and ids.
Vocabulary parseVocabulary(const Json& json, const std::string& subject);

} // namespace headlens::text
