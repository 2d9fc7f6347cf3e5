// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory is free, asked before anything large is allocated.
#pragma once

#include <cstdint>
#include <string>

namespace headlens {

// MemAvailable of /proc/meminfo in bytes; a large number where that does not exist.
std::uint64_t availableMemory();

// Throws Error(NotEnoughMemory) naming `what` when `bytes` exceed `share` of the free memory.
void requireMemory(std::uint64_t bytes, const std::string& what, double share = 0.6);

// "3.7 GB", "12 MB".
std::string sizeText(std::uint64_t bytes);

} // namespace headlens
