// SPDX-License-Identifier: GPL-3.0-or-later
// Which files a request to open a model means: a base, and an adapter on top of it. Of an adapter alone its base is
// looked for.
#pragma once

#include "core/checkpoint/lora_adapter.h"
#include "core/wire/verbs_model.h"

#include <string>

namespace headlens {

struct ModelSource {
    std::string path, weights; // as openCheckpoint() takes them
    AdapterWish adapter;
};

// The settings "weights", "adapter" and "adapter_strength" of a request whose path is that of a base or of an adapter.
// Throws Error(Usage) for a strength that is no number from 0 to 1, and as settledRequest().
ModelSource sourceOf(const verbs::OpenModel& request);

// The request with the path of the base where it asks for an adapter by its path: of the base that the adapter names
// (as a path, beside it, in the places of other programs), else of the model that is open, with its settings. `open`:
// null, none is. Throws Error(PartMissing) where there is neither.
verbs::OpenModel settledRequest(const verbs::OpenModel& request, const verbs::OpenModel* open = nullptr);

} // namespace headlens
