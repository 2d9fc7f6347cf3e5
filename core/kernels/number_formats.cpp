// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/number_formats.h"

#include "core/kernels/kernel_set.h"
#include "core/kernels/workers.h"

#include <atomic>

namespace headlens {
namespace {

constexpr std::int64_t kTogether = 1 << 16; // numbers: less is not worth a thread

} // namespace

void widenFloat16(const std::byte* from, std::int64_t count, float* to)
{
    parallelFor(count, kTogether, [&](std::int64_t begin, std::int64_t end) {
        kernelSet().widenFloat16(from + begin * std::int64_t(sizeof(std::uint16_t)), end - begin, to + begin);
    });
}

void widenBFloat16(const std::byte* from, std::int64_t count, float* to)
{
    parallelFor(count, kTogether, [&](std::int64_t begin, std::int64_t end) {
        kernelSet().widenBFloat16(from + begin * std::int64_t(sizeof(std::uint16_t)), end - begin, to + begin);
    });
}

bool allFinite(const float* numbers, std::int64_t count)
{
    std::atomic<bool> finite = true;
    parallelFor(count, kTogether, [&](std::int64_t begin, std::int64_t end) {
        if (finite && !kernelSet().allFinite(numbers + begin, end - begin)) finite = false;
    });
    return finite;
}

} // namespace headlens
