// SPDX-License-Identifier: GPL-3.0-or-later
// Where a layer or a token of one run lies in another one of another model or input. Plain.
#pragma once

#include "core/base/token_place.h"
#include "widgets/viewmodel/shown_run.h"

namespace headlens {

// A run with the model that it is of.
struct LinkEnd {
    const verbs::ModelInfo& model;
    const ShownRun& run;
};

// The same layer where there are as many; else as deep, among those that look at the same kind of token (patches or
// words).
int linkedLayer(const LinkEnd& from, int layer, const LinkEnd& to);
// The same token where both sequences have the same shape. Else of patches the one at the same spot of the picture, or
// as far right and down in another picture; of words the one at the same place in the text; of special tokens the one
// of the same name. Token -1: there is none.
TokenPlace linkedToken(const LinkEnd& from, const TokenPlace& place, const LinkEnd& to);

// The first sequence with words; -1: there is none.
int streamOfWords(const verbs::InputInfo& input);

} // namespace headlens
