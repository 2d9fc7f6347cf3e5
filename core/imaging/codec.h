// SPDX-License-Identifier: GPL-3.0-or-later
// Picture files to pixels and back. The only header behind which OpenCV hides; an engine without OpenCV says so.
#pragma once

#include "core/base/image8.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace headlens {

struct DecodedPicture {
    Image8 image;                     // RGB, upright
    std::vector<std::string> remarks; // what a person would not expect: "moves: its first picture is shown"
};

// A file that ends too early: refused, or shown as far as it goes.
enum class CutPicture : std::uint8_t { Refused, Shown };

// EXIF orientation honoured, grey and palette expanded, alpha dropped, 16 bits cut to 8, as Pillow's convert("RGB")
// does (but for grey ones of 16 bits, where it makes everything above 255 white); of GIF and animated WebP the first
// picture. Throws Error(ImageUnreadable | ImageTooLarge | WrongContent), and Error(ImageCut) where CutPicture::Shown
// would help; `name` is for people. Refused before decoding: more than 100 million pixels or 30,000 a side. One thread
// at a time.
DecodedPicture decodePicture(std::span<const std::byte> file, const std::string& name,
                             CutPicture cut = CutPicture::Refused);

// With the alpha channel (4 channels), for artwork.
Image8 decodeArtwork(std::span<const std::byte> file, const std::string& name);

std::string encodePng(const Image8& image);
// For training pictures and tests; quality 0..100.
std::string encodeJpeg(const Image8& image, int quality);

// Short printable ASCII text into a picture, `height` pixels tall, its left end at (x, y) of the baseline.
void drawText(Image8& image, const std::string& text, int x, int y, int height, const std::uint8_t (&colour)[3]);

} // namespace headlens
