// SPDX-License-Identifier: GPL-3.0-or-later
// Several lines of text grow side by side and the best ones go on, as in transformers with length penalty 1.
#pragma once

#include "core/session/generation.h"

namespace headlens {

verbs::Written searchBeams(Writer& writer, const GenerationStart& start, const verbs::Generate& request,
                           const Tokenizer* tokenizer, const JobControl& control);

} // namespace headlens
