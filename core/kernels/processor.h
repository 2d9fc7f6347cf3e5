// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the processor's vectors our own kernels use. The libraries below (OpenBLAS, LibTorch and the oneDNN within
// it) choose theirs by themselves, and have switches of their own: OPENBLAS_CORETYPE, ATEN_CPU_CAPABILITY,
// ONEDNN_MAX_CPU_ISA.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headlens {

enum class InstructionSet { Baseline, Avx2, Avx512 }; // Baseline: what every processor of this kind has

// The widest that the processor has and the environment variable HEADLENS_MAX_ISA (baseline, avx2, avx512) allows;
// asked once.
InstructionSet instructionSet();

// Products of these have instructions of their own, and HEADLENS_MAX_ISA allows them.
bool hasFastBFloat16();
bool hasFastInt8();

std::int64_t secondCacheBytes(); // of one core

bool packingAllowed(); // HEADLENS_PACKED=off keeps the weights of a layer plain, for measuring

std::string_view nameOf(InstructionSet set); // as in HEADLENS_MAX_ISA
std::string featuresInUse();                 // "avx2, fma": those of the processor that our kernels use

} // namespace headlens
