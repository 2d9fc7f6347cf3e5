// SPDX-License-Identifier: GPL-3.0-or-later
// How far a JPEG goes that was cut off: a decoder fills the rest with grey and says nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace headlens {

// What a JPEG that ends before its end marker holds.
struct JpegExtent {
    double rows = 1; // share of the rows of its first scan, 0 to 1
    // All rows are there, but a later scan was cut: of finer detail (progressive), or of another colour.
    enum class Missing : std::uint8_t { Nothing, Rows, Detail, Colours } missing = Missing::Nothing;
};

// `width` and `height` as the checked header says. Nothing is missing of a file with an end marker, and of one that
// lacks only this marker.
JpegExtent extentOfJpeg(std::span<const std::byte> file, long long width, long long height);

} // namespace headlens
