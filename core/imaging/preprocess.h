// SPDX-License-Identifier: GPL-3.0-or-later
// From a decoded picture to what the model sees, with the way back to the original.
#pragma once

#include "core/imaging/preprocess_plan.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace headlens {

// Trained: the model's own recipe. Squash: the whole picture into the trained size. Native: the whole picture at its
// own aspect, shorter side as trained, sides rounded to whole patches.
enum class Fit : std::uint8_t { Trained, Squash, Native };
std::optional<Fit> fitFrom(std::string_view name); // "trained", "squash", "native"

struct Preprocessed {
    Image8 seen; // RGB, three times the same where the model sees grey, exactly as it enters the rescaling
    std::vector<float> pixels;      // [plan.channels,height,width] after rescaling and normalisation
    std::array<double, 4> region{}; // x, y, width, height of `seen` in pixels of the original; may reach outside
};

// `patch` is used by Native only. Throws Error(ImageTooLarge) when the result would exceed 8192 pixels a side.
Preprocessed preprocess(const Image8& picture, const PreprocessPlan& plan, Fit fit, int patch);

} // namespace headlens
