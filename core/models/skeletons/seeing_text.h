// SPDX-License-Identifier: GPL-3.0-or-later
// Words that read a picture through cross attention: an encoder that judges or answers, a decoder that writes, or both
// (BLIP: matching and retrieval, captions, answers to questions).
#pragma once

#include "core/models/heads/vocabulary_head.h"
#include "core/models/skeletons/vision_tower.h"

#include <memory>
#include <optional>

namespace headlens {

class SeeingText : public TransformerModel {
public:
    // At least one of `text` and `decoder` is there; a decoder reads the text where there is one, else the picture.
    SeeingText(const VitConfig& vision, std::optional<StackConfig> text, std::optional<StackConfig> decoder,
               ModelFacts facts);
    // Takes every weight. Throws Error(BadWeights).
    void load(const Checkpoint& checkpoint, WeightBinder& binder);

    const ModelFacts& facts() const override { return m_facts; }
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override;
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override;
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override;

private:
    // The picture's tokens [B,N,D], all of them behind the final norm.
    at::Tensor see(const at::Tensor& pixels, const ForwardOptions& options, const JobControl& control,
                   ForwardResult& result) const;
    // The features of the words [B,T,D], which read `pass.memory`.
    at::Tensor readText(const ModelInput& input, StackPass pass, ForwardResult& result) const;
    // Retrieval without looking: the words are read alone, and both are compared by cosine.
    void compare(const at::Tensor& picture, const at::Tensor& words, StackPass pass, ForwardResult& result) const;
    void write(const at::Tensor& ids, StackPass pass, const ForwardOptions& options, ForwardResult& result) const;

    ModelFacts m_facts;
    VisionTower m_vision;
    std::optional<Stack> m_text, m_decoder;
    Linear m_match, m_textProjection, m_pictureProjection;
    VocabularyHead m_head;
};

} // namespace headlens
