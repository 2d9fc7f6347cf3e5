// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/checkpoint/npy_header.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        headlens::parseNpyHeader(std::as_bytes(std::span(data, size)), "fuzz");
    } catch (const headlens::Error&) {
    }
    return 0;
}
