// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizer that a GGUF file holds under "tokenizer.ggml.": pieces, and scores or merges.
#pragma once

#include "core/checkpoint/gguf_settings.h"
#include "core/text/pipeline.h"

#include <optional>
#include <string>

namespace headlens::text {

// Nothing where the file holds none. Throws Error(BadConfig) for damaged lists, Error(UnsupportedModel) with the name
// of a kind that is not known here.
std::optional<Parts> ggufParts(const GgufSettings& settings, const std::string& subject);

// The same of a file. Throws what readGguf() does as well.
std::optional<Parts> ggufFileParts(const std::string& path);
// The GGUF file that a path means: itself, or the first of a folder as far as that holds no weights of another kind,
// whose tokenizer it would not be. Empty for none.
std::string ggufOf(const std::string& path);

// How a byte-level model cuts a text before it merges, by "tokenizer.ggml.pre".
struct GgufSplit {
    PreTokenizerPtr preTokenizer;
    bool ignoreMerges = false, begins = false; // takes whole words it has; puts the begin token where no key says
    bool known = true;                         // false: GPT-2's rule in place of one that is not known
};
GgufSplit ggufSplit(const std::string& name);

} // namespace headlens::text
