// SPDX-License-Identifier: GPL-3.0-or-later
// What preprocessor_config.json says, with the defaults of the processor class it names, or timm's or torchvision's
// transforms.
#pragma once

#include "core/imaging/pil_resize.h"
#include "core/wire/json_fwd.h"

#include <string>
#include <vector>

namespace headlens {

struct PreprocessPlan {
    // Inside: into height x width, own aspect; Around: over all of it, own aspect; Area: sides to the nearest multiples
    // of `divisor`, as large as the area may be (Qwen2-VL).
    enum class Resize : std::uint8_t { None, Exact, ShortestEdge, Inside, Around, Area };
    Resize resize = Resize::Exact;
    int height = 224, width = 224;   // Exact, Inside, Around
    int shortest = 224, longest = 0; // ShortestEdge; longest 0: unlimited
    int divisor = 0;                 // ShortestEdge: sides rounded down to a multiple (ViLT); 0: not. Of Area as well
    int leastArea = 0, mostArea = 0; // Area, in pixels
    Filter filter = Filter::Bilinear;
    bool crop = false;
    int cropHeight = 224, cropWidth = 224;
    bool roundsToEven = false;               // the crop of torchvision and timm; transformers rounds down
    std::vector<std::uint8_t> fill{0, 0, 0}; // beside a picture that is smaller than the crop
    bool rescale = true;
    double rescaleFactor = 1.0 / 255.0;
    bool normalize = true;
    int channels = 3; // 1: pictures become grey first, as Pillow's convert("L") does; others are given as tensors only
    std::vector<double> mean{0.5, 0.5, 0.5}, deviation{0.5, 0.5, 0.5}; // by channel, or one for all

    // One line per step, for people: "resize to 224 x 224 (bicubic)".
    std::vector<std::string> describe() const;
};

// `imageSide` replaces a size that the file does not give. Throws Error(BadConfig) with `subject`.
PreprocessPlan parsePreprocessPlan(const Json& json, const std::string& subject, int imageSide);

// timm's pretrained_cfg: input_size, interpolation, crop_pct, crop_mode, mean, std. Throws Error(BadConfig).
PreprocessPlan parseTimmPlan(const Json& json, const std::string& subject);

// torchvision's weights: shortest edge x 256/224 bilinear, centre crop, ImageNet statistics.
PreprocessPlan torchvisionPlan(int height, int width);

// Shortest edge x 256/224 bicubic, centre crop, ImageNet statistics; and: squash, everything 0.5.
PreprocessPlan imageNetPlan(int height, int width);
PreprocessPlan halfPlan(int height, int width);
// OpenAI's: shortest edge bicubic, centre crop, CLIP's own mean and deviation.
PreprocessPlan clipPlan(int height, int width);

} // namespace headlens
