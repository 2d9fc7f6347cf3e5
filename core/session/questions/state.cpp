// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

namespace headlens::questions {

verbs::StateTensor state(const Run& run, const verbs::State& asked)
{
    const auto& states = run.tensors().result.states;
    const auto hit = states.find(asked.name);
    if (hit == states.end())
        throw Error(ErrorCode::BadRequest, "state \"" + asked.name + "\"", "was not left by this run",
                    states.empty() ? "the model keeps none" : "it left " + states.begin()->first + " and others");
    return {asked.name, toArray(hit->second)};
}

} // namespace headlens::questions
