// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/kernels_of.h"

namespace headlens {

extern constexpr KernelSet kAvx2Kernels = kernelsOf<8, 4>();

} // namespace headlens
