// SPDX-License-Identifier: GPL-3.0-or-later
// A tower that looks at pictures of any size, all in one row of patches: rotary places on two axes, attention within
// every frame or within windows of it, and a merger of squares of patches (Qwen2-VL and Qwen2.5-VL).
#pragma once

#include "core/models/skeletons/stack_layer.h"
#include "core/models/transformer_model.h"

#include <cstdint>
#include <vector>

namespace headlens {

struct PackedTowerConfig {
    StackConfig layers;                         // not causal, named "vision"
    std::int64_t patch = 14, frames = 2;        // pixels a side, and pictures in a row of pixels
    std::int64_t merge = 2;                     // patches a side of a square that becomes one vector
    std::int64_t channels = 3, words = 0;       // words: the width of what comes out
    std::int64_t window = 0;                    // squares a side of a window; 0: every layer sees whole frames
    std::vector<std::int64_t> wholeFrames = {}; // the layers that see them all the same
};

// Patches of one picture or film: frames (of `frames` pictures each), rows, columns.
struct PatchGrid {
    std::int64_t frames = 1, height = 0, width = 0;
    double seconds = 1; // from one frame of a film to the next
    std::int64_t patches() const { return frames * height * width; }
};

// What is looked at. Squares of merge x merge patches follow each other, row by row within.
struct PackedPictures {
    at::Tensor rows; // [N,C*frames*patch*patch]
    std::vector<PatchGrid> grids;
    // Patches of one picture row-major instead.
    bool rowMajor = false;
};

class PackedTower {
public:
    explicit PackedTower(PackedTowerConfig config);

    void visit(const Weights& weights); // "patch.weight", "layer.N.*", "merger.{norm,up,down}.*"
    void pack(Precision precision);
    const PackedTowerConfig& config() const { return m_config; }

    // Pictures of one size [P,C,H,W] whose sides are whole squares, row-major. Throws Error(BadRequest) for others.
    PackedPictures packed(const at::Tensor& pixels) const;
    at::Tensor inSquares(const PackedPictures& pictures) const; // their rows, as files hold them
    // The vectors [N/merge^2,words]; `pass` tells tower and stream.
    at::Tensor see(const PackedPictures& pictures, const StackPass& pass) const;

private:
    struct Places; // of every patch
    Places placesOf(const PackedPictures& pictures) const;
    RotaryTable anglesOf(const Places& places) const;
    bool seesWindows(std::size_t layer) const;

    PackedTowerConfig m_config;
    at::Tensor m_patch; // [D,C*frames*patch*patch]
    std::vector<StackLayer> m_layers;
    LayerNorm m_mergerNorm;
    Linear m_mergerUp, m_mergerDown;
};

// Where the words of a text and the vectors of its pictures stand on three axes [3,B,T] int64: words count up on all
// three; the vectors of a picture spread over frames, rows and columns from where they begin, and what follows goes on
// behind the farthest of them (Wang et al. 2024, section 2.1).
struct AxisTokens {
    std::int64_t image = -1, film = -1, merge = 2;
    double perSecond = 1; // places for a second of a film
};
at::Tensor placesOnAxes(const at::Tensor& ids, const at::Tensor& mask, const AxisTokens& tokens,
                        const std::vector<PatchGrid>& pictures, const std::vector<PatchGrid>& films);

} // namespace headlens
