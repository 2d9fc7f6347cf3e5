// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that are cut out of the text before any model sees it: [MASK], <|endoftext|>, <extra_id_0>.
#pragma once

#include "core/text/pre_tokenizers.h"
#include "core/text/trie.h"

#include <map>
#include <set>

namespace headlens::text {

struct AddedToken {
    std::string content;
    int id = -1;
    bool singleWord = false, lstrip = false, rstrip = false;
    bool normalized = false; // found in the normalised text, else in the text as it was given
    bool special = false;    // left out when ids become text
    bool found = true;       // false: known by its id only, in a text its content is text
};

class AddedTokens {
public:
    AddedTokens() = default;
    // Contents are valid UTF-8 of at most Trie::longestKey bytes. The last of several equal contents counts.
    AddedTokens(const std::vector<AddedToken>& tokens, const Normalizer* normalizer);

    // Cuts `text` into words: those of added tokens, and the stretches between them (added -1).
    std::vector<Word> cut(std::u32string_view text, bool normalized) const;

    // What it becomes when ids become text: its content, as the normalizer left it where that finds it.
    const std::string& written(const AddedToken& token) const;
    const AddedToken* byId(int id) const;
    const AddedToken* byContent(std::string_view content) const;
    int size() const { return m_byId.empty() ? 0 : m_byId.rbegin()->first + 1; } // largest id + 1
    bool isSpecial(std::string_view content) const { return m_special.contains(content); }

private:
    struct Found {
        std::size_t end = 0;
        int id = -1;
    };
    static Found longestAt(const Trie& trie, std::u32string_view text, std::size_t begin);

    std::map<int, AddedToken> m_byId;
    std::map<int, std::string> m_normalizedContent;
    std::map<std::string, int, std::less<>> m_byContent;
    std::set<std::string, std::less<>> m_special;
    Trie m_raw, m_normalized;
    bool m_anyRaw = false, m_anyNormalized = false;
};

} // namespace headlens::text
