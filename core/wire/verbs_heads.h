// SPDX-License-Identifier: GPL-3.0-or-later
// The question about every head of a layer on the whole.
#pragma once

#include "core/base/float_array.h"
#include "core/wire/question.h"

namespace headlens::verbs {

// head_statistics {layer} -> HeadNumbers: means over all queries. One layer a question, and it can be cancelled between
// its rows, so that rows that the mouse asks for do not wait.
struct HeadQuestion {
    int layer = 0;
};
HEADLENS_WIRE_TYPE(HeadQuestion)
struct HeadNumbers {
    int layer = -1;
    FloatArray means; // [H,4]: entropy (nats), distance (patches of the block, tokens of a text), share given to the
                      // class token or the first token of a text, share given to itself; nan where there is none
    HEADLENS_WIRE_TENSORS(TensorField{"means", &HeadNumbers::means})
};
HEADLENS_WIRE_TYPE(HeadNumbers)
inline constexpr Question<HeadQuestion, HeadNumbers> kHeadStatistics{"head_statistics"};

} // namespace headlens::verbs
