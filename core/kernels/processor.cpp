// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/processor.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#ifdef __x86_64__
#include <cpuid.h>
#endif
#include <unistd.h>

namespace headlens {
namespace {

constexpr std::array<std::string_view, 3> kNames{"baseline", "avx2", "avx512"}; // by InstructionSet

// What our kernels ask of the processor, and the set that a file of them needs it for.
struct Feature {
    std::string_view name;
    InstructionSet set;
    bool (*isThere)();
};
#ifdef __x86_64__
// Clang 14 does not know this one's name.
bool hasAvxVnni()
{
    constexpr unsigned kExtended = 7, kBit = 1U << 4U;
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(kExtended, 1, &a, &b, &c, &d) != 0 && (a & kBit) != 0;
}

constexpr std::array<Feature, 6> kFeatures{
    {{"avx2", InstructionSet::Avx2, [] { return __builtin_cpu_supports("avx2") != 0; }},
     {"fma", InstructionSet::Avx2, [] { return __builtin_cpu_supports("fma") != 0; }},
     {"avxvnni", InstructionSet::Avx2, hasAvxVnni},
     {"avx512f", InstructionSet::Avx512, [] { return __builtin_cpu_supports("avx512f") != 0; }},
     {"avx512vnni", InstructionSet::Avx512, [] { return __builtin_cpu_supports("avx512vnni") != 0; }},
     {"avx512bf16", InstructionSet::Avx512, [] { return __builtin_cpu_supports("avx512bf16") != 0; }}}};
#else
constexpr std::array<Feature, 0> kFeatures{};
#endif

bool has(std::string_view name)
{
    const auto hit = std::ranges::find(kFeatures, name, &Feature::name);
    return hit != kFeatures.end() && hit->isThere();
}

InstructionSet widest()
{
    if (!has("avx2") || !has("fma")) return InstructionSet::Baseline;
    return has("avx512f") ? InstructionSet::Avx512 : InstructionSet::Avx2;
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
    return instructionSet() == InstructionSet::Avx512 && has("avx512bf16");
}

bool hasFastInt8()
{
    switch (instructionSet()) {
    case InstructionSet::Avx512: return has("avx512vnni");
    case InstructionSet::Avx2: return has("avxvnni");
    case InstructionSet::Baseline: break;
    }
    return false;
}

std::string featuresInUse()
{
    std::string names;
    for (const Feature& feature : kFeatures)
        if (feature.set <= instructionSet() && feature.isThere()) (names += names.empty() ? "" : ", ") += feature.name;
    return names;
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
