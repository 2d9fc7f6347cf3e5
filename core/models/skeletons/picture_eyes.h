// SPDX-License-Identifier: GPL-3.0-or-later
// How a language model sees: pictures in, vectors as wide as its words out.
#pragma once

#include "core/models/skeletons/vision_tower.h"

#include <functional>
#include <memory>
#include <vector>

namespace headlens {

// How the vectors of one picture lie over it: so many, and after the first `before` a map of rows and columns; 0 rows
// where they lie on no map.
struct VectorGrid {
    std::int64_t vectors = 0, before = 0, rows = 0, columns = 0;
};

// Vectors [n,D] in reading order; undefined where none was given. `grids` of every picture.
struct SeenVectors {
    at::Tensor pictures = {}, films = {};
    std::vector<VectorGrid> grids = {};
};

class PictureEyes {
public:
    virtual ~PictureEyes() = default;
    // Takes every weight of theirs. Throws Error(BadWeights).
    virtual void load(const Checkpoint& checkpoint, WeightBinder& binder) = 0;
    virtual void visit(const std::function<void(at::Tensor&)>& visit) = 0;
    virtual void pack(Precision precision) = 0;
    virtual void appendFacts(ModelFacts& facts) const = 0; // picture sizes and blocks
    virtual int blocks() const = 0;
    virtual PositionTable positionTable(const TokenStream& stream) const = 0;
    // Looks at the pictures and films of `input`, leaving its part in `result`.
    virtual SeenVectors see(const ModelInput& input, const ForwardOptions& options, const JobControl& control,
                            ForwardResult& result) const = 0;
    // How many vectors a picture of these pixels [1,C,H,W] becomes; 0: as many as every other.
    virtual std::int64_t vectorsOf(const at::Tensor& /*pixels*/) const { return 0; }
    // Where words and vectors stand on three axes, time, height and width [3,B,T] int64; undefined: they stand in a
    // line.
    virtual at::Tensor places(const ModelInput&) const { return {}; }
};

// What one look of a tower left, for its connector.
struct TowerFeatures {
    const SeenPicture& seen;
    const std::vector<at::Tensor>& states; // [0] what enters the first block, [i+1] what leaves block i: [P,N,D]
    std::int64_t prefix;                   // tokens before the patches
};

class PictureConnector {
public:
    virtual ~PictureConnector() = default;
    virtual void load(WeightBinder& binder) = 0;
    virtual void visit(const std::function<void(at::Tensor&)>& visit) = 0;
    // [P,n,D]: n vectors of every picture, as wide as words.
    virtual at::Tensor operator()(const TowerFeatures& features) const = 0;
};

// A ViT that looks at pictures of one size, and a connector of the family's own.
std::unique_ptr<PictureEyes> towerEyes(const VitConfig& tower, std::unique_ptr<PictureConnector> connector);

} // namespace headlens
