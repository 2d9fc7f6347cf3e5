// SPDX-License-Identifier: GPL-3.0-or-later
// What a tokenizer.json searches for: a fixed string or a regular expression. The expressions of well-known
// tokenizers run as hand-written scanners, all others through ICU with a limit on time and stack, for they are
// foreign input (the reference uses Oniguruma: '^' and '$' hold at every line, only '\n' ends one).
#pragma once

#include "core/wire/json_fwd.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headlens::text {

struct Match {
    std::size_t begin = 0, end = 0;
    bool hit = true; // false: the stretch between two matches
};

class Pattern {
public:
    // {"String": "..."} or {"Regex": "..."}. Throws Error(BadConfig) for expressions that are none or too long.
    static std::shared_ptr<const Pattern> from(const Json& json, const std::string& subject);
    static std::shared_ptr<const Pattern> literal(std::u32string needle);
    static std::shared_ptr<const Pattern> regex(const std::string& expression, const std::string& subject);
    // One match per character that fulfils `test`.
    static std::shared_ptr<const Pattern> characters(bool (*test)(char32_t));

    virtual ~Pattern() = default;
    // The matches in `text`, in order, without overlap; nothing between them. Throws Error(BadConfig) when a regular
    // expression needs too long.
    virtual void find(std::u32string_view text, std::vector<Match>& found) const = 0;
    // Matches and the stretches between them, as one covering list.
    std::vector<Match> cover(std::u32string_view text) const;
};

} // namespace headlens::text
