// SPDX-License-Identifier: GPL-3.0-or-later
// A causal language model with Mixture-of-Depths (Raposo et al. 2024, arXiv 2404.02258): every second block works on
// the tokens that its router scores highest. Which those are depends on tokens to come; a small predictor learns to say
// it from the past alone. For inference and training.
#pragma once

#include "core/models/transformer_model.h"
#include "core/models/zoo/pre_norm_layer.h"

#include <string>
#include <vector>

namespace headlens {

enum class DepthChoice : std::uint8_t {
    TopK,      // the highest scores of the whole text: what training does, and what nobody can know while writing
    Predictor, // those of which the predictor says so: nothing to come is looked at
    Random,
    All,
};

struct DepthsConfig {
    std::int64_t layers = 4, width = 64, heads = 4, mlpWidth = 256, vocabulary = 0, positions = 64, capacity = 16;
    double eps = 1e-5;
    // Blocks 1, 3, 5 ... are routed.
    static bool isRouted(std::int64_t layer) { return layer % 2 == 1; }
};

struct DepthsPass : Pass {
    at::Tensor mask = {}; // [B,T] int64: 0 for tokens that nobody may look at; undefined: all are seen
    DepthChoice choice = DepthChoice::TopK;
    std::int64_t capacity = 0;                           // tokens; 0: as trained
    std::uint64_t seed = 0;                              // of the random choice
    std::map<std::string, at::Tensor>* states = nullptr; // "predictor.<layer>": chance of being among the top [T]
    std::vector<at::Tensor>* predicted = nullptr;        // [B,T] logits of every predictor, for training
    std::vector<at::Tensor>* chosen = nullptr;           // [B,T] whether a token was among the top
    std::vector<at::Tensor>* passing = nullptr;          // [B,T] what every block's work would be multiplied by
    bool routersLearn = true;                            // training: gradients reach the routers
};

class DepthsStack {
public:
    explicit DepthsStack(const DepthsConfig& config);

    void visit(const Weights& weights);

    // ids [B,T] int64 -> features behind the last layer [B,T,D]. The predictor chooses for one line at a time: B = 1.
    // Throws Error(BadRequest) for ids and lengths that do not exist.
    at::Tensor run(const at::Tensor& ids, const DepthsPass& pass) const;
    at::Tensor finalNorm(const at::Tensor& x) const { return m_final(x); }
    at::Tensor scores(const at::Tensor& hidden) const; // [..,D] -> [..,V]
    const at::Tensor& positions() const { return m_positions; }
    const DepthsConfig& config() const { return m_config; }

private:
    struct Layer : PreNormLayer {
        Linear router, predictIn, predictOut; // of routed layers
    };
    // What the block adds to the tokens at `places` [B,k], which stand in their order.
    at::Tensor change(const Layer& layer, std::int64_t index, const at::Tensor& x, const at::Tensor& places,
                      const DepthsPass& pass) const;
    at::Tensor routed(const Layer& layer, std::int64_t index, const at::Tensor& x, const DepthsPass& pass) const;
    at::Tensor choose(const at::Tensor& scores, const at::Tensor& predicted, const DepthsPass& pass) const;

    DepthsConfig m_config;
    at::Tensor m_tokens, m_positions; // [V,D], [P,D]
    std::vector<Layer> m_layers;
    LayerNorm m_final;
};

} // namespace headlens
