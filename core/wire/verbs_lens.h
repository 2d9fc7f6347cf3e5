// SPDX-License-Identifier: GPL-3.0-or-later
// The logit lens over many tokens at once.
#pragma once

#include "core/base/float_array.h"
#include "core/wire/question.h"

#include <string>
#include <vector>

namespace headlens::verbs {

inline constexpr int kMostLensTokens = 128; // a question: a score of every word of the vocabulary is computed for each

// lens_table {stream, begin, end} -> LensTable: what every layer would predict behind each token if it were the last
// (nostalgebraist 2020, "interpreting GPT: the logit lens"): final norm and head on its hidden state.
struct LensTableQuestion {
    int stream = 0;
    int begin = 0, end = 0; // tokens; at most kMostLensTokens of them
};
HEADLENS_WIRE_TYPE(LensTableQuestion)
struct LensTable {
    LensTableQuestion of;
    std::vector<std::string> best; // by layer, then token: the most probable piece
    // By token: the piece that stands next; of the last token the model's own guess, of a masked language model the
    // token itself.
    std::vector<std::string> next;
    FloatArray probabilities; // [layers,tokens] of `best`; layer 0 is the embedding
    FloatArray ranks;         // [layers,tokens] of `next` among all of the vocabulary, from 1
    HEADLENS_WIRE_TENSORS(TensorField{"probabilities", &LensTable::probabilities},
                          TensorField{"ranks", &LensTable::ranks})
};
HEADLENS_WIRE_TYPE(LensTable)
inline constexpr Question<LensTableQuestion, LensTable> kLensTable{"lens_table"};

} // namespace headlens::verbs
