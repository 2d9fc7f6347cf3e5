// SPDX-License-Identifier: GPL-3.0-or-later
// The size a picture file claims, read before any decoder allocates for it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace headlens {

struct ImageHeader {
    std::string format; // "PNG", "JPEG", "BMP", "GIF", "WebP", "TIFF", "PNM"
    long long width = 0, height = 0;
};

// Nothing when the bytes are no picture of a format we accept, or end before the size.
std::optional<ImageHeader> readImageHeader(std::span<const std::byte> bytes);

// Where a TIFF says that its colours are not multiplied by its alpha: the byte whose 2 (unassociated) is 1 (associated)
// when they are.
std::optional<std::size_t> unassociatedAlpha(std::span<const std::byte> bytes);

// Orientation of EXIF, 1 to 8 (1: upright), of a WebP; 1 for other formats, whose decoder turns them.
int webpOrientation(std::span<const std::byte> bytes);

// A WebP of several pictures.
bool isAnimatedWebp(std::span<const std::byte> bytes);

// A TIFF of more than 8 bits whose channels stand one after the other or whose 0 is white: decoders get these wrong.
bool isUnusualTiff(std::span<const std::byte> bytes);

// False where the bytes end before the marker "end of image"; that of a thumbnail inside does not count.
bool hasJpegEnd(std::span<const std::byte> bytes);

// Share of the bytes that a BMP or WebP says it has, 0 to 1. Other formats do not say how many they have: 0 for a PNG,
// JPEG, GIF or TIFF whose end is missing, else 1.
double shareOfFile(std::span<const std::byte> bytes);

} // namespace headlens
