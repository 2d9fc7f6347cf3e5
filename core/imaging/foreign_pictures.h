// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of formats that HeadLens does not read, by name.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace headlens {

// "HEIC", "AVIF", "JPEG XL", "DICOM" and the like, from the first bytes of a file; empty for everything else.
std::string_view foreignPicture(std::span<const std::byte> bytes);

} // namespace headlens
