// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions of a request: from what a person asks for to what is changed in the pass (core/nn/changes.h), and back
// from the words of the command line.
#pragma once

#include "core/models/transformer_model.h"
#include "core/nn/changes.h"
#include "core/nn/pass.h"
#include "core/session/run.h"
#include "core/wire/verbs_input.h"

#include <string>
#include <vector>

namespace headlens {

// Throws Error(BadRequest) for kinds, blocks and heads that do not exist, and for hidden tokens and cut edges of models
// with windows. Tokens are checked while the pass runs.
Changes changesFrom(const std::vector<verbs::Change>& asked, const ModelFacts& model);

// What enters `block` in a run [1,N,D]; nothing where it was not kept, where there is no such block, or where the model
// has windows or several towers.
Resume resumeAt(const Run& run, int block);

// "head 3.1 x0.5", "mean 3.1", "attention 3 x0", "mlp 3 x2", "block 3 x0", "hide 12,13", "cut 3.1 5>7,8", "cut *.* >7":
// one line of --change. Throws Error(Usage).
verbs::Change changeFrom(const std::string& text);
// The same line for a change.
std::string textOf(const verbs::Change& change);

} // namespace headlens
