// SPDX-License-Identifier: GPL-3.0-or-later
// What every part of a tokenizer.json needs to read itself.
#pragma once

#include "core/wire/json_fields.h"

#include <string>

namespace headlens::text {

// Error(BadConfig).
[[noreturn]] void damaged(const std::string& subject, const std::string& why);
// Error(UnsupportedModel): `kind` is "normalizer", "decoder" ...
[[noreturn]] void unknownType(const std::string& kind, const std::string& type, const std::string& subject);

// The "type" of a part. Throws Error(BadConfig) when it is no object or says none.
std::string typeOf(const Json& json, const std::string& kind, const std::string& subject);
// The list `key` of a Sequence, at most 64 parts. `depth`: how many sequences it stands in, at most 2.
const Json& partsOf(const Json& json, const char* key, int depth, const std::string& subject);
// An id of a vocabulary: 0 to Vocabulary::largestId.
int idIn(const Json& json, const std::string& subject);
// The one character that the text `key` holds.
char32_t characterIn(const Json& json, const char* key, char32_t fallback, const std::string& subject);

} // namespace headlens::text
