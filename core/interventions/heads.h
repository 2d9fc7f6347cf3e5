// SPDX-License-Identifier: GPL-3.0-or-later
// Heads as interventions name them: "BLOCK.HEAD,BLOCK.HEAD".
#pragma once

#include "core/session/run.h"
#include "core/trace/trace.h"
#include "core/wire/verbs_maps.h"

#include <string>
#include <vector>

namespace headlens {

// Throw Error(BadRequest) for what is no head of the run's model.
std::vector<HeadAddress> headsFrom(const std::string& text, const Run& run);
HeadAddress existingHead(const HeadAddress& head, const Run& run);

verbs::Switch headsSetting(); // "heads"

} // namespace headlens
