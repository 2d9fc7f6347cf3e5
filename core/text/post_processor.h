// SPDX-License-Identifier: GPL-3.0-or-later
// The last step: special tokens around the texts, token types, and spans without the spaces of byte-level pieces.
#pragma once

#include "core/text/tokenizer.h"
#include "core/wire/json_fwd.h"

#include <optional>
#include <utility>

namespace headlens::text {

struct TemplateItem {
    enum class Kind : std::uint8_t { First, Second, Special } kind = Kind::First;
    int segment = 0;
    std::vector<std::pair<int, std::string>> tokens = {}; // of a special item: ids and pieces
};
using Template = std::vector<TemplateItem>;

// Either part may be absent.
struct PostStep {
    std::optional<bool> trimSpans = {}; // byte-level pieces lose their spaces; true: one was put before the text
    std::optional<std::pair<Template, Template>> templates = {}; // for one text, for a pair
};

class PostProcessor {
public:
    std::vector<PostStep> steps;

    int addedTokens(bool pair) const; // how many special ones will come
    // Joins one or two texts. The tokens of the second come with segment 1.
    std::vector<Token> join(std::vector<std::vector<Token>> texts, bool addSpecial) const;
};

// `before` A `behind`, `before` A `behind` `between` B `behind`, as most old tokenizers have it.
using NamedId = std::pair<int, std::string>;
PostStep around(const std::optional<NamedId>& before, const std::optional<NamedId>& behind,
                const std::optional<NamedId>& between, int secondSegment);

// `before` A `behind`, each text of a pair likewise.
PostStep aroundEach(const std::optional<NamedId>& before, const std::optional<NamedId>& behind);

// The JSON of "post_processor". Throws Error(UnsupportedModel) with the name of an unknown type.
PostProcessor parsePostProcessor(const Json& json, const std::string& subject, int depth = 0);

} // namespace headlens::text
