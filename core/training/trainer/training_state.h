// SPDX-License-Identifier: GPL-3.0-or-later
// The network being trained: weights, AdamW moments and step, saved and restored as one safetensors file.
#pragma once

#include "core/training/tasks/trainable.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace headlens {

struct AdamSettings {
    double rate = 1e-3, beta1 = 0.9, beta2 = 0.98, eps = 1e-8, decay = 0.05, clip = 1.0;
};

class TrainingState {
public:
    // Fresh weights: truncated normal 0.02, as ViT and Swin; the classifier begins at zero.
    TrainingState(std::shared_ptr<Network> network, std::uint64_t seed);

    TrainingState(const TrainingState&) = delete; // the parameters point into the network
    TrainingState& operator=(const TrainingState&) = delete;

    // One AdamW step (Loshchilov & Hutter, arXiv 1711.05101) from the gradients in the weights; clears them.
    void update(const AdamSettings& settings, double rate);

    // Some weights have another shape now: their moments are forgotten.
    void shapesChanged();

    std::int64_t step() const { return m_step; }
    std::int64_t parameters() const; // of the finished model

    // Weights, moments and step. Throws Error when the file does not fit.
    void save(const std::string& path, std::map<std::string, std::string> metadata = {}) const;
    // `prepare` hears what was saved as metadata before the weights are read.
    using Metadata = std::map<std::string, std::string>;
    void restore(const std::string& path, const std::function<void(const Metadata&)>& prepare = {});
    // The finished model in the Hugging Face layout, float16. `more` goes into config.json.
    void saveModel(const std::string& folder, const Json& more) const;

private:
    struct Parameter {
        std::string name;
        at::Tensor* weight;
        at::Tensor first, second; // moments
        double lrMultiplier = 1;
    };
    void collect();
    std::map<std::string, at::Tensor> finished() const; // weights as they are stored

    std::shared_ptr<Network> m_network;
    std::vector<Parameter> m_parameters;
    std::int64_t m_step = 0;
};

// A whole number in the metadata of a training state. Throws Error(BadHeader).
std::int64_t numberIn(const TrainingState::Metadata& metadata, const char* key, const std::string& path);

// Linear warm-up, then half a cosine down to a hundredth.
double rateAt(double peak, std::int64_t step, std::int64_t total);

// Throws Error(WriteFailed).
void writeText(const std::string& path, const std::string& text);

} // namespace headlens
