// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/image_header.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    headlens::readImageHeader(std::as_bytes(std::span(data, size)));
    return 0;
}
