// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as files store them, by all threads. Plain pointers, no torch.
#pragma once

#include <cstddef>
#include <cstdint>

namespace headlens {

// `count` float16 or bfloat16 numbers, which may lie at any address -> float32, exactly.
void widenFloat16(const std::byte* from, std::int64_t count, float* to);
void widenBFloat16(const std::byte* from, std::int64_t count, float* to);

bool allFinite(const float* numbers, std::int64_t count); // none is infinite or not a number

} // namespace headlens
