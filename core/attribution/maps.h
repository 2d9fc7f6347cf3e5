// SPDX-License-Identifier: GPL-3.0-or-later
// Maps by their methods, for layers that know no tensor: exports, the command line, the engine's table.
#pragma once

#include "core/base/job_control.h"
#include "core/session/run.h"
#include "core/wire/safetensors.h"
#include "core/wire/verbs_maps.h"

#include <string>
#include <vector>

namespace headlens {

// In the order in which they are listed; without refusals.
std::vector<std::string> methodIds();
bool isMethod(const std::string& id);
// Throws Error(BadRequest) for names that are none.
const verbs::MethodInfo& methodInfo(const std::string& id);
// Every method, with why the open model refuses it.
std::vector<verbs::MethodInfo> methodsFor(const OpenedModel& model);

// Verb map. Throws Error(BadRequest) for unknown methods and settings, and where the model refuses; and whatever the
// method throws.
verbs::TokenMap tokenMap(const Run& run, const verbs::MapQuestion& asked, const JobControl& control = {});

// Verb map_cost: before it is computed. Throws Error(BadRequest) for unknown methods.
verbs::MapCost mapCost(const Run& run, const verbs::MapQuestion& asked);

// Everything that the method knows, by name: "map" [gh,gw], "tokens" [N] (of several streams "vision.tokens" ...), and
// its own parts; "logits" [1,C] of a classifier and the explained "score" [1]. Throws as tokenMap().
std::vector<TensorBytes> methodTensors(const Run& run, const verbs::MapQuestion& asked, const JobControl& control = {});

} // namespace headlens
