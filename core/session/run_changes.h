// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions of a request: from what a person asks for to what is changed in the pass (core/nn/changes.h). Their
// words: core/wire/changes.h; what is changed in the picture before the pass: cover_patches.h; what they take from
// elsewhere: change_sources.h.
#pragma once

#include "core/models/transformer_model.h"
#include "core/nn/changes.h"
#include "core/nn/pass.h"
#include "core/session/run.h"
#include "core/wire/verbs_input.h"

#include <utility>
#include <vector>

namespace headlens {

struct ChangeSources;

// Throws Error(BadRequest) for kinds, blocks and heads that do not exist, for hidden, patched tokens and cut edges of
// models with windows, and for what is missing among the sources (null: there are none). Tokens are checked while the
// pass runs.
Changes changesFrom(const std::vector<verbs::Change>& asked, const ModelFacts& model, const ChangeSources* sources);

// Where these take activations of the baseline. Throws Error(BadRequest) as above.
std::vector<std::pair<HookPoint, int>> heldPlacesOf(const std::vector<verbs::Change>& asked, const ModelFacts& model);

// What enters `block` in a run [1,N,D]; nothing where it was not kept, where there is no such block, or where the model
// has windows or several towers.
Resume resumeAt(const Run& run, int block);

} // namespace headlens
