// SPDX-License-Identifier: GPL-3.0-or-later
// The network being trained: weights, AdamW moments and step, saved and restored as one safetensors file.
#pragma once

#include "core/training/trainer/network.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace torch::optim {
class AdamW; // its header takes seconds to read, so only training_state.cpp does
}

namespace headlens {

class TrainingState {
public:
    // Fresh weights: truncated normal 0.02, as ViT and Swin; the classifier begins at zero.
    TrainingState(std::shared_ptr<Network> network, std::uint64_t seed);
    ~TrainingState();

    TrainingState(const TrainingState&) = delete; // the parameters point into the network
    TrainingState& operator=(const TrainingState&) = delete;

    // One step of AdamW (Loshchilov & Hutter, arXiv 1711.05101) from the gradients in the weights, which are clipped to
    // a norm of 1 and cleared. A weight without gradient stays as it is. All moments begin anew when the network has
    // replaced a weight (positions of larger pictures).
    void update(double rate);

    std::int64_t step() const { return m_step; }
    std::int64_t parameters() const; // of the finished model

    // Weights, moments and step. Throws Error when the file does not fit.
    using Metadata = std::map<std::string, std::string>;
    void save(const std::string& path, Metadata metadata = {}) const;
    // `prepare` hears what was saved as metadata before the weights are read.
    void restore(const std::string& path, const std::function<void(const Metadata&)>& prepare = {});
    // The finished model in the Hugging Face layout, float16. `more` goes into config.json.
    void saveModel(const std::string& folder, const Json& more) const;

private:
    struct Parameter {
        std::string name;
        at::Tensor* weight; // in the network
        at::Tensor known;   // the same, as the optimizer has it
    };
    void makeOptimizer();
    std::map<std::string, at::Tensor> finished() const; // weights as they are stored

    std::shared_ptr<Network> m_network;
    std::vector<Parameter> m_parameters;
    std::unique_ptr<torch::optim::AdamW> m_optimizer;
    std::vector<double> m_lrMultipliers; // of the optimizer's groups
    std::int64_t m_step = 0;
};

// The learning rate of a step: linear warm-up, then half a cosine down to a hundredth of `peak`.
double rateAt(double peak, std::int64_t step, std::int64_t total);

} // namespace headlens
