// SPDX-License-Identifier: GPL-3.0-or-later
// Hidden states as measures read them. Private to core/measures.
#pragma once

#include "core/session/run_tensors.h"

#include <vector>

namespace headlens {

// Those of the first stream, behind the embedding and every block: [N,D] each, in float64. Throws
// Error(NotEnoughMemory) where they were not kept.
std::vector<at::Tensor> hiddenOfFirstStream(const Run& run);

} // namespace headlens
