// SPDX-License-Identifier: GPL-3.0-or-later
// Long texts in which people are given things, and questions about it much later: what a memory across segments is
// needed for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct BindingQuestion {
    int place = 0;     // of the last word of "? name": what comes next is asked
    std::string thing; // the answer
    std::string first; // what the person had first, where it was given something else later; else empty
    int told = 0;      // place of the thing that answers
};

struct BindingText {
    std::vector<std::string> words;
    std::vector<BindingQuestion> questions;
};

struct BindingPlan {
    int segments = 8, segmentWords = 16, people = 6;
    double again = 0; // share of the people that are given a second thing
};

// One text, determined by its seed. People and things stand side by side ("anna lamp"), between words that mean
// nothing; a question is "? anna" and is not answered in the text.
BindingText tellBindings(std::uint64_t seed, const BindingPlan& plan);

// Every word that can occur: 32 names, 32 things, 16 others and the question mark.
std::vector<std::string> bindingVocabulary();
inline constexpr int kThings = 32;

} // namespace headlens
