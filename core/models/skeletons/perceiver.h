// SPDX-License-Identifier: GPL-3.0-or-later
// Perceiver resampler (Alayrac et al. 2022, section 3.1): a few learnt latents read the tokens of a picture, whatever
// their number, and themselves, layer by layer.
#pragma once

#include "core/nn/attention.h"
#include "core/nn/mlp.h"
#include "core/nn/weights.h"

#include <cstdint>
#include <vector>

namespace headlens {

struct PerceiverConfig {
    std::int64_t layers = 6, latents = 64, heads = 8, headWidth = 64;
    std::int64_t width = 1'024, mlpWidth = 4'096; // of the tokens that are read, and of the latents
    Activation activation = Activation::Gelu;
    bool headNorms = false; // LayerNorm of every head's queries and keys
    double eps = 1e-5;
};

class Perceiver {
public:
    explicit Perceiver(const PerceiverConfig& config);

    // "latents", "layer.N.{media_norm,latent_norm,query,key,value,output,mlp_norm,up,down}", "norm"
    void visit(const Weights& weights);
    void pack(Precision precision);
    // tokens [P,N,D] -> [P,latents,D]. Leaves the records of tower "resampler", whose keys are the tokens, then the
    // latents; `pass` tells the streams of both.
    at::Tensor operator()(const at::Tensor& tokens, const Pass& pass, int keyStream) const;
    const PerceiverConfig& config() const { return m_config; }

private:
    struct Layer {
        LayerNorm mediaNorm, latentNorm, mlpNorm;
        Attention attention;
        Mlp mlp;
    };
    PerceiverConfig m_config;
    at::Tensor m_latents; // [R,D]
    std::vector<Layer> m_layers;
    LayerNorm m_norm;
};

} // namespace headlens
