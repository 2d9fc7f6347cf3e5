// SPDX-License-Identifier: GPL-3.0-or-later
// Small stories about who has what, whose ends follow from their beginnings: a language that a tiny GPT can learn
// completely, and that cannot be told on without looking back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct Story {
    std::vector<std::string> words; // sentences with their points, all small letters
    std::vector<int> answers;       // places of words that follow from what was told before
};

// One story, determined by its seed.
Story tellStory(std::uint64_t seed);

// Every word that can occur.
std::vector<std::string> storyVocabulary();

} // namespace headlens
