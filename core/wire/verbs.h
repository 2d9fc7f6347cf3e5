// SPDX-License-Identifier: GPL-3.0-or-later
// Every verb of the engine, declared once with its fields; window, engine and command line all include this file.
// A field that is absent on the wire keeps its default. Tensors that travel with a verb are named beside it.
#pragma once

#include "core/base/error.h"
#include "core/wire/verbs_export.h"
#include "core/wire/verbs_input.h"
#include "core/wire/verbs_model.h"
#include "core/wire/verbs_questions.h"
#include "core/wire/verbs_text.h"

namespace headlens::verbs {

// The body of a Failed message. The window owns the sentence; `detail` holds the facts.
struct Failure {
    std::string code, subject, why, remedy;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Failure, code, subject, why, remedy)

// The body of a Progress message; total 0 means unknown.
struct Progress {
    int done = 0, total = 0;
    std::string stage; // "open", "forward", or "needs 1.3 GB of 20 GB" before a model is loaded
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Progress, done, total, stage)

// Reads a body; a field of the wrong kind is an Error(BadRequest), never an exception of the JSON library.
template <class Fields>
Fields read(const Json& body)
{
    try {
        return body.get<Fields>();
    } catch (const Json::exception& problem) {
        throw Error(ErrorCode::BadRequest, "message", problem.what());
    }
}

} // namespace headlens::verbs
