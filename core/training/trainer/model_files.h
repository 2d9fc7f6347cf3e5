// SPDX-License-Identifier: GPL-3.0-or-later
// Files beside the weights of a trained model.
#pragma once

#include <cstdint>
#include <string>

namespace headlens {

// Throws Error(WriteFailed).
void writeText(const std::string& path, const std::string& text);

enum class PictureFit : std::uint8_t {
    Squash, // to a square of `side` pixels
    Height, // the shorter edge to `side` pixels: squares side by side
};
// preprocessor_config.json of a model that sees scenes: bicubic, mean and deviation 0.5. Throws Error(WriteFailed).
void writePreprocessor(const std::string& folder, std::int64_t side, PictureFit fit = PictureFit::Squash);

} // namespace headlens
