// SPDX-License-Identifier: GPL-3.0-or-later
// Two towers, one for pictures and one for text, whose pooled outputs are compared by cosine: CLIP and SigLIP.
#pragma once

#include "core/models/skeletons/stack_loading.h"
#include "core/models/skeletons/vision_tower.h"

#include <optional>

namespace headlens {

struct DualEncoderKind {
    bool siglip = false;        // bidirectional text of fixed length, pooled by its last token; probability by sigmoid
    std::int64_t endToken = -1; // whose features stand for the text; -1: the largest id
};

class DualEncoder : public TransformerModel {
public:
    // One tower may be missing.
    DualEncoder(std::optional<VitConfig> vision, std::optional<StackConfig> text, DualEncoderKind kind,
                ModelFacts facts);
    // Takes every weight. Throws Error(BadWeights).
    void load(const Checkpoint& checkpoint, WeightBinder& binder);

    const ModelFacts& facts() const override { return m_facts; }
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override;
    at::Tensor finalNorm(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override
    {
        return stream.name == "text" ? m_text->positionTable(stream.tokens()) : m_vision->positionTable(stream);
    }
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override;

private:
    void settleFacts();
    at::Tensor endPlaces(const at::Tensor& ids) const; // [B]
    // The projected features of every text [B,E].
    at::Tensor readTexts(const ModelInput& input, const ForwardOptions& options, const JobControl& control,
                         ForwardResult& result) const;
    // exp(scale) cos + bias [texts,pictures] of normalised features.
    at::Tensor logits(const at::Tensor& texts, const at::Tensor& pictures) const;

    DualEncoderKind m_kind;
    ModelFacts m_facts;
    std::optional<VisionTower> m_vision;
    std::optional<Stack> m_text;
    Linear m_textProjection, m_pictureProjection;
    at::Tensor m_logitScale, m_logitBias; // [] or [1]
};

} // namespace headlens
