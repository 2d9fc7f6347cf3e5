// SPDX-License-Identifier: GPL-3.0-or-later
// The second step: the normalised text becomes words; a model never merges across their borders.
#pragma once

#include "core/text/normalizers.h"

namespace headlens::text {

struct Word {
    std::size_t begin = 0, end = 0; // [begin,end) in the characters of `Words::text`
    int added = -1;                 // the id of an added token; no step looks into it
};

struct Words {
    Aligned text;
    std::vector<Word> words; // never empty ones
};

class PreTokenizer {
public:
    virtual ~PreTokenizer() = default;
    virtual void apply(Words& words) const = 0;
};
using PreTokenizerPtr = std::shared_ptr<const PreTokenizer>;

enum class Behavior : std::uint8_t { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

PreTokenizerPtr splitPreTokenizer(std::shared_ptr<const Pattern> pattern, Behavior behavior, bool invert);
PreTokenizerPtr bertPreTokenizer();
PreTokenizerPtr byteLevelPreTokenizer(bool addPrefixSpace, bool useRegex);
PreTokenizerPtr metaspacePreTokenizer(char32_t replacement, PrependScheme scheme, bool split);
PreTokenizerPtr preTokenizerSequence(std::vector<PreTokenizerPtr> parts);

// The JSON of "pre_tokenizer"; nullptr for null. Throws Error(UnsupportedModel) with the name of an unknown type.
PreTokenizerPtr parsePreTokenizer(const Json& json, const std::string& subject, int depth = 0);

// "▁" and the scheme of a Metaspace, in the old spelling (add_prefix_space) and the new one (prepend_scheme).
struct MetaspaceRules {
    char32_t replacement = 0x2581;
    PrependScheme scheme = PrependScheme::Always;
    bool split = true;
};
MetaspaceRules parseMetaspace(const Json& json, const std::string& subject);

} // namespace headlens::text
