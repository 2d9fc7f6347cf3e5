// SPDX-License-Identifier: GPL-3.0-or-later
// A whole safetensors file: the announced length, then the header rules.
#include "core/base/error.h"
#include "core/wire/safetensors.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    if (size < kLengthBytes) return 0;
    const auto bytes = std::as_bytes(std::span(data, size));
    try {
        const std::uint64_t length = announcedHeaderLength(bytes.first<kLengthBytes>(), "fuzz");
        const std::size_t here = std::min<std::size_t>(std::size_t(length), size - kLengthBytes);
        parseSafetensorsHeader({reinterpret_cast<const char*>(data) + kLengthBytes, here}, "fuzz");
    } catch (const Error&) {
    }
    return 0;
}
