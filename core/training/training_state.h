// SPDX-License-Identifier: GPL-3.0-or-later
// The network being trained: weights, AdamW moments and step, saved and restored as one safetensors file.
#pragma once

#include "core/training/trainable.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct AdamSettings {
    double rate = 1e-3, beta1 = 0.9, beta2 = 0.98, eps = 1e-8, decay = 0.05, clip = 1.0;
};

class TrainingState {
public:
    // Fresh weights: truncated normal 0.02, as ViT and Swin; the classifier begins at zero.
    TrainingState(std::unique_ptr<Trainable> network, std::uint64_t seed);

    TrainingState(const TrainingState&) = delete; // the parameters point into the network
    TrainingState& operator=(const TrainingState&) = delete;

    // pixels [B,3,S,S] -> logits [B,classes]
    at::Tensor logits(const at::Tensor& pixels) const;

    // One AdamW step (Loshchilov & Hutter, arXiv 1711.05101) from the gradients in the weights; clears them.
    void update(const AdamSettings& settings, double rate);

    // Goes on with pictures of another side: the moments of weights that change their shape are forgotten.
    void resizePictures(std::int64_t side);

    std::int64_t step() const { return m_step; }
    std::int64_t side() const { return m_network->side(); }
    std::int64_t parameters() const;

    // Weights, moments and step. Throws Error when the file does not fit.
    void save(const std::string& path) const;
    void restore(const std::string& path);
    // The finished model in the Hugging Face layout, float16.
    void saveModel(const std::string& folder, const std::vector<std::string>& labels) const;

private:
    struct Parameter {
        std::string name;
        at::Tensor* weight;
        at::Tensor first, second; // moments
    };
    void collect();

    std::unique_ptr<Trainable> m_network;
    std::vector<Parameter> m_parameters;
    std::int64_t m_step = 0;
};

} // namespace headlens
