// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/processor.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <unistd.h>

namespace headlens {
namespace {

constexpr std::array<std::string_view, 3> kNames{"baseline", "avx2", "avx512"}; // by InstructionSet

InstructionSet widest()
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return InstructionSet::Avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::Avx2;
#endif
    return InstructionSet::Baseline;
}

// What the user allows; everything where the variable is not set or names no set.
InstructionSet allowed()
{
    const char* wish = std::getenv("HEADLENS_MAX_ISA");
    const auto found = std::find(kNames.begin(), kNames.end(), wish != nullptr ? wish : "");
    return found == kNames.end() ? InstructionSet::Avx512 : InstructionSet(found - kNames.begin());
}

} // namespace

InstructionSet instructionSet()
{
    static const InstructionSet kSet = std::min(widest(), allowed());
    return kSet;
}

bool hasFastBFloat16()
{
#ifdef __x86_64__
    return instructionSet() == InstructionSet::Avx512 && __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

std::int64_t secondCacheBytes()
{
    constexpr std::int64_t kUsual = 512 << 10;
#ifdef _SC_LEVEL2_CACHE_SIZE
    static const long kTold = sysconf(_SC_LEVEL2_CACHE_SIZE);
    if (kTold > 0) return kTold;
#endif
    return kUsual;
}

bool packingAllowed()
{
    const char* wish = std::getenv("HEADLENS_PACKED");
    return wish == nullptr || std::string_view(wish) != "off";
}

std::string_view nameOf(InstructionSet set)
{
    return kNames.at(std::size_t(set));
}

} // namespace headlens
