// SPDX-License-Identifier: GPL-3.0-or-later
// Every verb of the engine, declared once with its fields; window, engine and command line all include this file.
// A field that is absent on the wire keeps its default. Tensors that travel with an answer are members of it.
#pragma once

#include "core/wire/verbs_export.h"
#include "core/wire/verbs_input.h"
#include "core/wire/verbs_maps.h"
#include "core/wire/verbs_model.h"
#include "core/wire/verbs_questions.h"
#include "core/wire/verbs_text.h"
#include "core/wire/wire_type.h"

#include <cstdint>
#include <string>

namespace headlens::verbs {

// The body of a Failed message. The window owns the sentence; `detail` holds the facts.
struct Failure {
    std::string code, subject, why, remedy;
};
HEADLENS_WIRE_TYPE(Failure)

// The body of a Progress message; total 0 means unknown.
struct Progress {
    int done = 0, total = 0;
    std::string stage;                                // "open", "forward", "write", ...
    std::string text;                                 // of writing: all that was written so far
    std::int64_t neededBytes = 0, availableBytes = 0; // of opening a model, before it is loaded
};
HEADLENS_WIRE_TYPE(Progress)

} // namespace headlens::verbs
