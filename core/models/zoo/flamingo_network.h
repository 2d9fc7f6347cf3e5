// SPDX-License-Identifier: GPL-3.0-or-later
// Flamingo in small (Alayrac et al. 2022, arXiv 2204.14198): a ViT and a language model that stay as they are, and
// between them a Perceiver resampler and cross attention behind gates that begin shut. For inference and training.
#pragma once

#include "core/models/skeletons/stack.h"
#include "core/models/skeletons/vit_encoder.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct FlamingoConfig {
    VitConfig vision; // without class token
    StackConfig text; // causal
    std::int64_t latents = 8, resamplerLayers = 2, heads = 4;
    std::int64_t imageToken = 0; // the word that stands for a picture
    double eps = 1e-5;
};

// Attention of one sequence to another, with norms and an MLP behind it.
struct GatedCrossAttention {
    LayerNorm queryNorm, keyNorm, mlpNorm;
    Attention attention;
    Mlp mlp;
    at::Tensor attentionGate, mlpGate; // [1] each, before tanh; undefined in the resampler
};

struct FlamingoPass : Pass {
    at::Tensor mask = {};           // [B,T] int64: 0 for words that nobody may look at; undefined: all are seen
    std::vector<double> gates = {}; // tanh(a) of attention and MLP of every layer, in turn; empty: as trained
};

class FlamingoNetwork {
public:
    explicit FlamingoNetwork(const FlamingoConfig& config);

    void visit(const Weights& weights); // "vision.", "resampler.", "bridge.", "text."

    // pixels [B,C,S,n*S], n pictures side by side -> what the ViT says of each [B*n,P,D].
    at::Tensor see(const at::Tensor& pixels, const FlamingoPass& pass) const;
    // -> latents of each picture [B,n*R,d].
    at::Tensor resample(const at::Tensor& patches, std::int64_t pictures, const FlamingoPass& pass) const;
    // ids [B,T] -> features behind the last layer [B,T,d]. Every token looks at the last picture named before it
    // (Eq. in section 3.2); tokens before any picture get exactly nothing. `latents` undefined: a text without
    // pictures.
    at::Tensor read(const at::Tensor& ids, const at::Tensor& latents, const FlamingoPass& pass) const;
    at::Tensor scores(const at::Tensor& hidden) const; // [..,d] -> [..,V]

    const FlamingoConfig& config() const { return m_config; }
    VitEncoder& vision() { return m_vision; }
    const Stack& text() const { return m_text; }
    std::vector<double> gates() const; // tanh(a), as FlamingoPass takes them
    int firstTextBlock() const { return int(m_config.vision.layers + m_config.resamplerLayers); }

private:
    void visitLayer(GatedCrossAttention& layer, std::int64_t readWidth, bool gated, const Weights& weights);
    // Of every picture apart -> one record over all of them.
    void rememberResampled(AttentionRecord seen, std::int64_t pictures, const FlamingoPass& pass) const;
    at::Tensor bridged(std::size_t layer, const at::Tensor& x, const at::Tensor& latents, const at::Tensor& pictureOf,
                       const FlamingoPass& pass) const;
    void rememberComposed(Trace& trace) const;

    FlamingoConfig m_config;
    VitEncoder m_vision;
    Stack m_text;
    at::Tensor m_latents; // [R,d]
    std::vector<GatedCrossAttention> m_resampler, m_bridge;
    LayerNorm m_resampled;
};

} // namespace headlens
