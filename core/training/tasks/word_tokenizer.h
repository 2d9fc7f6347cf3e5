// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizer of the small models: a list of words, Chinese characters and digits one by one.
#pragma once

#include "core/text/tokenizer.h"

#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct WordTokenizerPlan {
    std::vector<std::string> words;   // the first ids are those of the special tokens below, in this order
    std::vector<std::string> special; // "<pad>", "</s>" ...; the first one pads, "<unk>" must be among them
    std::string before, after;        // put around every text; may be empty
    enum Kind : std::uint8_t {
        Sentences,  // words, decoded with spaces
        Joined,     // words, decoded without spaces (digits)
        Characters, // one by one, the space as an underscore; decoded without spaces
        Spaced,     // cut at spaces only, so that a word may hold digits and signs ("1984-05"); decoded with spaces
    } kind = Sentences;
    std::string mask = {}; // stands for a hidden word; may be empty
};

// tokenizer.json as the official tokenizers read it.
std::string tokenizerJson(const WordTokenizerPlan& plan);
// The ids of words, for making training examples. Throws Error(Internal) for words outside the list.
class WordIds {
public:
    explicit WordIds(WordTokenizerPlan plan);
    std::int64_t of(const std::string& word) const;
    std::vector<std::int64_t> all(const std::vector<std::string>& words) const;
    std::int64_t size() const { return std::int64_t(m_words.size()); }
    const std::string& word(std::int64_t id) const { return m_words.at(std::size_t(id)); }
    std::vector<std::string> words(const std::vector<std::int64_t>& ids) const;
    // Writes tokenizer.json and tokenizer_config.json; texts have `longest` tokens at most. Throws Error(WriteFailed).
    void write(const std::string& folder, std::int64_t longest) const;

private:
    WordTokenizerPlan m_plan;
    std::vector<std::string> m_words;
};

} // namespace headlens
