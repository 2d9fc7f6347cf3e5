// SPDX-License-Identifier: GPL-3.0-or-later
// Networks that name what they see in a picture: a ViT, also with cheaper attention, and a Swin.
#pragma once

#include "core/tensors/layers.h"
#include "core/training/trainer/network.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

// Names what it sees in a picture.
class ImageClassifier : public Network {
public:
    // pixels [B,3,S,S] -> logits [B,classes]
    virtual at::Tensor logits(const at::Tensor& pixels) const = 0;
    virtual std::int64_t side() const = 0; // of the pictures it is set to
    // Goes on with pictures of another side; weights that depend on it are interpolated.
    virtual void resizePictures(std::int64_t side) = 0;

protected:
    explicit ImageClassifier(std::int64_t classes) : m_classes(classes) {}
    void visitHead(const Visit& visit, std::int64_t width)
    {
        visit("classifier.weight", m_head.weight, {m_classes, width});
        visit("classifier.bias", m_head.bias, {m_classes});
    }
    Linear m_head;

private:
    std::int64_t m_classes;
};

// One column of widths, blocks and heads per stage; a ViT has one.
struct ClassifierShape {
    std::vector<std::int64_t> depths, heads;
    std::int64_t width = 128, patch = 8, window = 0; // window 0: a plain ViT
    std::string pattern = "dense";                   // of attention (attention_patterns.h)
    std::int64_t recipes = 0;                        // of the pattern "low rank"
    std::vector<std::int64_t> routed = {};           // blocks of a ViT that only `capacity` patches pass through
    std::int64_t capacity = 0;
    bool narrow = false; // weights begin by their fan-in: with ViT's deviation of 0.02 narrow ones hardly start
};

std::unique_ptr<ImageClassifier> makeClassifier(const ClassifierShape& shape, std::int64_t side, std::int64_t classes);

} // namespace headlens
