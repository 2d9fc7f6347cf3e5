// SPDX-License-Identifier: GPL-3.0-or-later
// For LD_PRELOAD with the copies that narrow_peers.py makes: their CPUID instructions are replaced by invalid ones,
// which come here and are answered as by a processor without AVX-512 and what came after AVX2. Some libraries have no
// switch for that, and would compare a wide rival with a narrow HeadLens.
#include <csignal>
#include <cstdint>
#include <initializer_list>

#include <cpuid.h>
#include <ucontext.h>

namespace {

// Bits of CPUID leaf 7 that are taken away (Intel SDM volume 2A, table 3-8).
constexpr std::uint32_t bits(std::initializer_list<int> places)
{
    std::uint32_t all = 0;
    for (const int place : places) all |= 1U << unsigned(place);
    return all;
}
constexpr std::uint32_t kWide = bits({16, 17, 21, 26, 27, 28, 30, 31}); // sub-leaf 0, EBX: AVX512 F, DQ, IFMA ... VL
constexpr std::uint32_t kWideMore = bits({1, 6, 11, 12, 14});           // sub-leaf 0, ECX: VBMI, VNNI, BITALG ...
constexpr std::uint32_t kTiles = bits({2, 3, 8, 22, 23, 24, 25});       // sub-leaf 0, EDX: AMX, FP16 ...
constexpr std::uint32_t kLater = bits({4, 5, 21, 23});                  // sub-leaf 1, EAX: AVX-VNNI, BF16, AVX-IFMA ...

void answer(int /*signal*/, siginfo_t* /*what*/, void* where)
{
    auto* registers = static_cast<ucontext_t*>(where)->uc_mcontext.gregs;
    const auto* code = reinterpret_cast<const unsigned char*>(registers[REG_RIP]);
    if (code[0] != 0x0F || code[1] != 0x0B) { // not one of ours: as without this library
        std::signal(SIGILL, SIG_DFL);
        return;
    }
    const auto leaf = std::uint32_t(registers[REG_RAX]), part = std::uint32_t(registers[REG_RCX]);
    std::uint32_t a = 0, b = 0, c = 0, d = 0;
    __cpuid_count(leaf, part, a, b, c, d);
    if (leaf == 7 && part == 0) b &= ~kWide, c &= ~kWideMore, d &= ~kTiles;
    if (leaf == 7 && part == 1) a &= ~kLater, d = 0;
    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

__attribute__((constructor)) void install()
{
    struct sigaction action = {};
    action.sa_sigaction = answer;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGILL, &action, nullptr);
}

} // namespace
