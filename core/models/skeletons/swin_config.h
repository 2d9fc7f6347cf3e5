// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of a Swin transformer, v1 or v2, and where its windows lie.
#pragma once

#include "core/base/window_grid.h"
#include "core/wire/json_fwd.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

// How an implementation treats maps that are not larger than the window, or no multiple of it.
enum class WindowRule : std::uint8_t {
    HuggingFace, // v1: both axes unshifted when the smaller side fits the window; v2: decided by the trained size
    Timm,        // per axis; rolls before it pads
    Torchvision, // the window stays, the shift goes per axis when the padded side fits one window
};

struct SwinStage {
    std::int64_t depth = 2, heads = 3, width = 96;
    std::int64_t windowHeight = 7, windowWidth = 7; // what the bias table was built for
    std::int64_t pretrainedWindow = 0;              // v2: 0 = its own
    bool shifts = true;                             // odd blocks; v2 decides it when the model is built
    bool shiftsKnown = true;                        // false: guessed, so a map that fits the window is never shifted
};

struct SwinConfig {
    int version = 1;
    std::vector<SwinStage> stages;
    std::int64_t imageHeight = 224, imageWidth = 224, patch = 4, channels = 3;
    double mlpRatio = 4, eps = 1e-5;
    bool queryKeyValueBias = true; // v2: query and value only
    bool keyBias = true;
    bool absolutePositions = false;
    bool patchNorm = true;
    std::string activation = "gelu";
    WindowRule rule = WindowRule::HuggingFace;
    std::vector<std::string> labels;

    std::int64_t lastWidth() const { return stages.back().width; }
    int blocks() const;
};

// A Hugging Face config.json; missing keys take the class defaults. Throws Error(BadConfig).
SwinConfig parseSwinConfig(const Json& config, const std::string& subject);

// Throws Error(BadConfig) when the numbers cannot belong together.
void validate(const SwinConfig& config, const std::string& subject);

// The windows of block `block` of a stage on a map of height x width tokens.
WindowGrid windowsOf(const SwinConfig& config, std::size_t stage, std::int64_t block, std::int64_t height,
                     std::int64_t width);

} // namespace headlens
