// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/row_kernels.h"

#include "core/kernels/kernel_set.h"

namespace headlens {

void exponentiateRows(const ScoreRows& x, float* sums)
{
    kernelSet().exponentiate(x, sums);
}

void scoreKeys(const QueryAndKeys& x, float* scores)
{
    kernelSet().score(x, scores);
}

void quantizeRows(const QuantizedRows& x)
{
    kernelSet().quantize(x);
}

void divideRows(const DividedRows& x, float* quotients)
{
    kernelSet().divide(x, quotients);
}

void divideRowsRounded(const DividedRows& x, std::uint16_t* quotients)
{
    kernelSet().divideRounded(x, quotients);
}

void normalizeRows(const NormalizedRows& x, float* normed)
{
    kernelSet().normalize(x, normed);
}

void normalizeRowsRounded(const NormalizedRows& x, std::uint16_t* normed)
{
    kernelSet().normalizeRounded(x, normed);
}

} // namespace headlens
