// SPDX-License-Identifier: GPL-3.0-or-later
// Where a model computes and in which precision.
#pragma once

#include "core/models/registry.h"
#include "core/wire/verbs_model.h"

#include <functional>

namespace headlens {

// Moves the weights to info.device and into info.precision. How far reduced precision is from float32 is measured on
// the way (info.largestDifference), with `picture` [B,C,H,W] where it fits the model. A device without enough memory
// gives way to the CPU, once (info.notice): `load` reads the weights again then. Throws Error(NotEnoughMemory |
// BadWeights).
void placeWithFallback(LoadedModel& loaded, verbs::ModelInfo& info, const at::Tensor& picture,
                       const std::function<LoadedModel()>& load);

} // namespace headlens
