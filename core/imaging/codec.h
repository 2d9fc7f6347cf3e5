// SPDX-License-Identifier: GPL-3.0-or-later
// Picture files to pixels and back. The only header behind which OpenCV hides; an engine without OpenCV says so.
#pragma once

#include "core/base/image8.h"

#include <cstddef>
#include <span>
#include <string>

namespace headlens {

// Upright RGB: EXIF orientation honoured, grey and palette expanded, alpha dropped, 16 bits cut to 8, as Pillow's
// convert("RGB") does. Throws Error(ImageUnreadable | ImageTooLarge | WrongContent); `name` is for people.
// Refused before decoding: more than 100 million pixels or 30,000 a side.
Image8 decodePicture(std::span<const std::byte> file, const std::string& name);

// With the alpha channel (4 channels), for artwork.
Image8 decodeArtwork(std::span<const std::byte> file, const std::string& name);

std::string encodePng(const Image8& image);
// For training pictures and tests; quality 0..100.
std::string encodeJpeg(const Image8& image, int quality);

// Short printable ASCII text into a picture, `height` pixels tall, its left end at (x, y) of the baseline.
void drawText(Image8& image, const std::string& text, int x, int y, int height, const std::uint8_t (&colour)[3]);

} // namespace headlens
