// SPDX-License-Identifier: GPL-3.0-or-later
// The second input of interventions that take activations from it: tensors "other.pixel_values", "other.input_ids" ...
// beside the run's own; of a study the held run.
#pragma once

#include "core/models/transformer_model.h"
#include "core/session/run.h"

namespace headlens {

// Of the same kind as the run's, on the model's device. Throws Error(BadRequest) where there is none.
ModelInput otherInput(const Run& run);

} // namespace headlens
