// SPDX-License-Identifier: GPL-3.0-or-later
// A network that can be trained and saved in the Hugging Face layout: what the trainer needs to know of it.
#pragma once

#include "core/nn/weights.h"
#include "core/wire/json_fwd.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

class Network {
public:
    using Visit = Weights::Visit;

    virtual ~Network() = default;
    // Every weight, by the name it has in the finished file.
    virtual void visit(const Visit& visit) = 0;
    // config.json without labels and precision.
    virtual Json config() const = 0;
    // A weight that does not begin as all others do (zeros, ones, normal with deviation 0.02): undefined for most.
    virtual at::Tensor firstValue(const std::string&, const std::vector<std::int64_t>&) const { return {}; }
    // How much faster than others a weight learns: gates that begin shut hardly move otherwise.
    virtual double lrMultiplier(const std::string&) const { return 1; }
    // Weights by name as they are stored, where that differs from how they are computed with.
    virtual void finish(std::map<std::string, at::Tensor>&) const {}
};

// Names what it sees in a picture.
class Trainable : public Network {
public:
    // pixels [B,3,S,S] -> logits [B,classes]
    virtual at::Tensor logits(const at::Tensor& pixels) const = 0;
    virtual std::int64_t side() const = 0; // of the pictures it is set to
    // Goes on with pictures of another side; weights that depend on it are interpolated.
    virtual void resizePictures(std::int64_t side) = 0;
};

// One column of widths, blocks and heads per stage; a ViT has one.
struct TrainShape {
    std::vector<std::int64_t> depths, heads;
    std::int64_t width = 128, patch = 8, window = 0; // window 0: a plain ViT
    std::string pattern = "dense";                   // of attention (attention_patterns.h)
    std::int64_t recipes = 0;                        // of the pattern "low rank"
    std::vector<std::int64_t> routed = {};           // blocks of a ViT that only `capacity` patches pass through
    std::int64_t capacity = 0;
    bool narrow = false; // weights begin by their fan-in: with ViT's deviation of 0.02 narrow ones hardly start

    std::string kind() const { return window > 0 ? "Swin" : "ViT"; }
    // "2, 2, 2 layers with 3, 6, 12 heads, ..."
    std::string describe() const;
};

std::unique_ptr<Trainable> makeTrainable(const TrainShape& shape, std::int64_t side, std::int64_t classes);

} // namespace headlens
