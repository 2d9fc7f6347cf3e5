// SPDX-License-Identifier: GPL-3.0-or-later
// The transformer of 2017: an encoder reads, a decoder writes and looks back at what was read. T5, BART and Marian.
#pragma once

#include "core/models/skeletons/stack_loading.h"

namespace headlens {

struct EncoderDecoderConfig {
    StackConfig encoder, decoder;
    bool scalesLogits = false; // times width^-0.5 (T5 with a shared table)
    bool encoderOnly = false;
};

class EncoderDecoder : public TransformerModel {
public:
    EncoderDecoder(const EncoderDecoderConfig& config, ModelFacts facts);

    // Takes every weight; the token table and the head may be stored under any of their names. Throws
    // Error(BadWeights).
    void load(const Checkpoint& checkpoint, WeightBinder& binder);

    const ModelFacts& facts() const override { return m_facts; }
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override;
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override
    {
        return (stream.name == "decoder" ? m_decoder : m_encoder).positionTable(stream.tokens());
    }
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override;

    // For training: [B,T,V] of every step, from ids [B,T].
    at::Tensor scores(const ModelInput& input) const;
    Stack& encoder() { return m_encoder; }
    Stack& decoder() { return m_decoder; }
    void shareTokens(const at::Tensor& tokens);

private:
    // What silences the heads that `options` name, and all of cross attention where that is switched off.
    std::vector<HeadAddress> ablatedBy(const ForwardOptions& options) const;
    bool isPositioned(const ForwardOptions& options) const;
    at::Tensor head() const { return m_head.defined() ? m_head : m_decoder.tokens(); }
    at::Tensor scoresOf(const at::Tensor& normed) const;

    EncoderDecoderConfig m_config;
    ModelFacts m_facts;
    Stack m_encoder, m_decoder;
    at::Tensor m_head;     // [V,D]; undefined: the token table
    at::Tensor m_headBias; // [1,V] (BART, Marian)
};

// A loader's last step.
LoadedModel loadEncoderDecoder(const EncoderDecoderConfig& config, ModelFacts facts, const Checkpoint& checkpoint,
                               const ModelSettings& settings);

} // namespace headlens
