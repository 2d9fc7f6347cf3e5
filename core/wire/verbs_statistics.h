// SPDX-License-Identifier: GPL-3.0-or-later
// The question about everything that is counted of the heads of a layer, and the patterns that are named from it.
#pragma once

#include "core/base/float_array.h"
#include "core/wire/question.h"

namespace headlens::verbs {

// head_profile {layer} -> HeadProfile: one layer a question, which can be cancelled between its rows.
struct HeadProfileQuestion {
    int layer = 0;
};
HEADLENS_WIRE_TYPE(HeadProfileQuestion)
struct HeadProfile {
    int layer = -1;
    FloatArray numbers; // [H,kHeadNumbers] as core/base/head_patterns.h defines them; nan where there is none
    FloatArray scores;  // [H,kHeadPatterns]
    HEADLENS_WIRE_TENSORS(TensorField{"numbers", &HeadProfile::numbers}, TensorField{"scores", &HeadProfile::scores})
};
HEADLENS_WIRE_TYPE(HeadProfile)
inline constexpr Question<HeadProfileQuestion, HeadProfile> kHeadProfile{"head_profile"};

} // namespace headlens::verbs
