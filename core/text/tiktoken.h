// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizer.model of Llama 3: lines of a piece in base64 and its rank, as tiktoken reads them.
#pragma once

#include "core/text/settings.h"

#include <string>
#include <string_view>

namespace headlens::text {

// By its first line.
bool isTiktoken(std::string_view bytes);

// With the 256 special tokens that Llama 3 has behind its pieces. Throws Error(BadConfig) for lines that are none, and
// for lists that leave out a byte or have a piece or a rank twice.
Parts tiktokenParts(std::string_view bytes, const Settings& settings, const std::string& subject);

} // namespace headlens::text
