// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/kernel_set.h"

#include "core/kernels/processor.h"

namespace headlens {

const KernelSet& kernelSet()
{
#ifdef __x86_64__
    static const KernelSet& kChosen = instructionSet() == InstructionSet::Avx512 ? kAvx512Kernels
                                      : instructionSet() == InstructionSet::Avx2 ? kAvx2Kernels
                                                                                 : kBaselineKernels;
    return kChosen;
#else
    return kBaselineKernels;
#endif
}

} // namespace headlens
