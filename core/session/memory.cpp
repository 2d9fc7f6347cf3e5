// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/memory.h"

#include "core/base/error.h"

#include <cstdio>
#include <fstream>
#include <limits>

namespace headlens {

std::uint64_t availableMemory()
{
    std::ifstream info("/proc/meminfo");
    for (std::string key; info >> key;) {
        std::uint64_t kilobytes = 0;
        if (key == "MemAvailable:" && info >> kilobytes) return kilobytes * 1024;
        info.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return std::numeric_limits<std::uint64_t>::max();
}

void requireMemory(std::uint64_t bytes, const std::string& what, double share)
{
    const std::uint64_t free = availableMemory();
    if (double(bytes) <= share * double(free)) return;
    throw Error(ErrorCode::NotEnoughMemory, what,
                "needs " + sizeText(bytes) + ", but only " + sizeText(free) + " are free",
                "close other programs or choose a smaller model or picture");
}

std::string sizeText(std::uint64_t bytes)
{
    char text[32];
    if (bytes >= 1'000'000'000)
        std::snprintf(text, sizeof(text), "%.1f GB", double(bytes) / 1e9);
    else
        std::snprintf(text, sizeof(text), "%.1f MB", double(bytes) / 1e6);
    return text;
}

} // namespace headlens
