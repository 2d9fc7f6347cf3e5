// SPDX-License-Identifier: GPL-3.0-or-later
// What opening a model would need, from the headers of its files alone.
#pragma once

#include "core/models/registry.h"
#include "core/wire/verbs_model.h"

#include <map>
#include <string>

namespace headlens {

// The files of a model by path or by the name of an embedded one. Throws Error.
Checkpoint checkpointOf(const verbs::OpenModel& request);

// Found by loading without values: every name and shape is checked before a byte is read.
struct Outline {
    LoadedModel loaded;
    verbs::ModelEstimate estimate;
};
Outline outlineOf(const Checkpoint& checkpoint, const std::map<std::string, std::string>& settings);

// How a model is opened: with weights as they are stored where the request says so or where, on the CPU and as float32,
// they would take more than a quarter of `available` bytes.
struct OpeningPlan {
    Checkpoint checkpoint; // keeping, in that case
    Outline outline;
    std::string precision; // as in verbs::ModelInfo
    std::string remark;    // for a person, where it was not asked for
};
OpeningPlan planOf(const verbs::OpenModel& request, const std::string& device, std::uint64_t available);

// Throws Error(NotEnoughMemory), which says what would fit instead: a smaller picture, or nothing.
void requireFit(const verbs::ModelEstimate& estimate, const ModelFacts& facts);

} // namespace headlens
