// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imaging/foreign_pictures.h"
#include "core/imaging/image_header.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = std::as_bytes(std::span(data, size));
    headlens::readImageHeader(bytes);
    headlens::unassociatedAlpha(bytes);
    headlens::webpOrientation(bytes);
    headlens::shareOfFile(bytes);
    headlens::foreignPicture(bytes);
    return 0;
}
