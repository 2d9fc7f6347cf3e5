// SPDX-License-Identifier: GPL-3.0-or-later
// A BLIP of a few kilobytes with random weights in the Hugging Face layout: it describes pictures, or answers questions
// about them.
#pragma once

#include <string>
#include <vector>

namespace headlens::test {

struct TinyBlip {
    bool question = false; // reads one before it answers
    int width = 16, layers = 2, heads = 2, mlp = 24, image = 32, patch = 8, positions = 12;
    std::vector<std::string> words{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a",  "cat",
                                   "dog",   "red",   "car",   "what",  "is",     "it", "[DEC]"};

    void write(const std::string& folder) const;
};

} // namespace headlens::test
