// SPDX-License-Identifier: GPL-3.0-or-later
// make_film PICTURE FILM FRAMES: pans over a photograph, 640 x 480 at 30 frames a second; something to play.
#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/pil_resize.h"
#include "core/imaging/video.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    using namespace headlens;
    if (argc != 4) {
        std::fprintf(stderr, "make_film PICTURE FILM FRAMES\n");
        return 2;
    }
    constexpr int kWidth = 640, kHeight = 480, kPath = 320;
    const std::string file = readWhole(argv[1], 256U << 20);
    const Image8 picture = pilResize(decodePicture(std::as_bytes(std::span(file.data(), file.size())), argv[1]).image,
                                     kWidth + kPath, kHeight, Filter::Bilinear);
    const auto film = createVideo(argv[2], 30, kWidth, kHeight);
    for (int i = 0; i < std::atoi(argv[3]); ++i) {
        const int left = std::abs(i * 2 % (2 * kPath) - kPath); // there and back
        Image8 frame(kWidth, kHeight);
        for (int y = 0; y < kHeight; ++y) std::copy_n(picture.at(left, y), kWidth * 3, frame.at(0, y));
        film->add(frame);
    }
    film->finish();
    return 0;
}
