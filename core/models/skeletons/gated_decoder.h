// SPDX-License-Identifier: GPL-3.0-or-later
// A language model that stays as it is, and before some of its layers cross attention to pictures behind gates that
// begin shut (Flamingo: Alayrac et al. 2022; Idefics, OpenFlamingo). For inference.
#pragma once

#include "core/models/heads/word_head.h"
#include "core/models/skeletons/decoder_reading.h"
#include "core/models/skeletons/perceiver.h"
#include "core/models/skeletons/vision_tower.h"

#include <vector>

namespace headlens {

struct GatedConfig {
    std::int64_t heads = 8, headWidth = 64, mlpWidth = 0; // of the gated layers
    std::int64_t gateWidth = 1;                           // numbers of a gate: 1, or the width of the layers
    bool rmsNorm = false, gatedMlp = false, headNorms = false;
    Activation activation = Activation::Gelu;
    double eps = 1e-5;
    std::vector<int> before;      // the layers of the decoder that have one before them
    std::int64_t imageToken = -1; // names a picture: the tokens behind it see that one only
    bool readsPrefix = false;     // the resampler hears the class token as well
};

class GatedDecoder : public TransformerModel {
public:
    GatedDecoder(const VitConfig& vision, const PerceiverConfig& resampler, const StackConfig& text, GatedConfig gated,
                 ModelFacts facts);
    // "vision.*", "resampler.*", "gated.layer.N.*" (N: as `before` counts), "text.*", "lm_head.*", each from its own
    // file.
    struct Sources {
        const Checkpoint& vision;
        WeightBinder &visionWeights, &trained, &text;
        bool numbersByLayer; // N is the layer of the decoder instead
    };
    void load(const Sources& sources);

    const ModelFacts& facts() const override { return m_facts; }
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override;
    at::Tensor finalNorm(const at::Tensor& hidden) const override;
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override;
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override;
    Stack& text() { return m_text; }

private:
    struct Layer {
        LayerNorm norm, mlpNorm;
        Attention attention;
        Mlp mlp;
        at::Tensor attentionGate, mlpGate; // before tanh
    };
    // What the words hear: latents [B,P*R,D] of P pictures a text, and which of them every token sees [B,T,P] bool.
    struct Heard {
        at::Tensor latents, sees;
        int stream = 0;
    };
    void visitLayer(Layer& layer, const Weights& weights);
    bool isText(const at::Tensor& hidden) const { return hidden.size(-1) == m_text.config().width; }
    Heard hear(const ModelInput& input, const ForwardOptions& options, const JobControl& control,
               ForwardResult& result) const;
    at::Tensor seesOf(const ModelInput& input, std::int64_t pictures) const;
    void bridge(StackPass& pass, const Heard& heard) const; // sets StackPass::before
    at::Tensor bridged(std::size_t number, const at::Tensor& x, const Heard& heard, const StackPass& pass,
                       int block) const;
    void leaveGates(const Heard& heard, ForwardResult& result) const;

    ModelFacts m_facts;
    VisionTower m_vision;
    Perceiver m_resampler;
    Stack m_text;
    GatedConfig m_gated;
    std::vector<Layer> m_layers;
    WordHead m_head;
};

} // namespace headlens
