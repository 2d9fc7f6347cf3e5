// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/kernels_of.h"

namespace headlens {

extern constexpr KernelSet kAvx512Kernels = kernelsOf<16, 8>();

} // namespace headlens
