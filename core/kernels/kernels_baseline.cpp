// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/kernels_of.h"

namespace headlens {

extern constexpr KernelSet kBaselineKernels = kernelsOf<4, 4>();

} // namespace headlens
