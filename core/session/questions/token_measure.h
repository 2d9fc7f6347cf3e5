// SPDX-License-Identifier: GPL-3.0-or-later
// One number for every token of a block.
#pragma once

#include "core/session/run_tensors.h"

#include <string>

namespace headlens::questions {

// Of one head or a fusion ("single", "mean", "max", "min"): [gh,gw] of the block's patches, special tokens left out, or
// of tokens in a line [N]. Distances are in pixels of the picture that the model sees, in a line in tokens. Throws
// Error(BadRequest).
at::Tensor tokenMeasure(const Run& run, Overview what, int layer, int head, const std::string& fusion);

} // namespace headlens::questions
