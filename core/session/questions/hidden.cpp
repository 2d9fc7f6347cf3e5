// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {

verbs::HiddenStates hidden(const Run& run, const verbs::HiddenQuestion& asked)
{
    const c10::InferenceMode inference;
    return {asked.layer, toArray(hiddenBehind(run, asked.layer)[0])};
}

} // namespace headlens::questions
