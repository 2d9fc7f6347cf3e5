// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/block_lanes.h"

namespace headlens {

extern constexpr BlockTable kAvx2Blocks = blockTableOf<8>();

} // namespace headlens
