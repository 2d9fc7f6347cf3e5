// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/block_lanes.h"

namespace headlens {

extern constexpr BlockTable kBaselineBlocks = blockTableOf<4>();

} // namespace headlens
