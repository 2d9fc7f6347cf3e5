// SPDX-License-Identifier: GPL-3.0-or-later
// From the tensors of a pass to what the window is told of it (verbs::InputInfo).
#pragma once

#include "core/models/transformer_model.h"
#include "core/session/run.h"

namespace headlens {

// Fills run.info and run.reconstruction of a pass that is done.
void describeRun(Run& run);

// The one stream of a model that takes nothing but a picture.
void completeStreams(ForwardResult& result, const ModelFacts& facts);

} // namespace headlens
