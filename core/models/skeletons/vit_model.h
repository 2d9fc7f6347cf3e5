// SPDX-License-Identifier: GPL-3.0-or-later
// What ViT, DeiT, BEiT, DINO and MAE share: an encoder, its facts, and how both are read from a checkpoint.
#pragma once

#include "core/models/loading.h"
#include "core/models/skeletons/vision_model.h"
#include "core/models/skeletons/vit_encoder.h"

namespace headlens {

// The configuration from config.json and `settings`, or from tensor shapes, timm's config.json and known tables when
// there is none; what had to be assumed is appended to `assumptions`.
VitConfig vitConfigFor(const Checkpoint& checkpoint, const ModelSettings& settings,
                       std::vector<std::string>& assumptions);

// Facts that follow from the configuration; architecture and classes are the caller's.
ModelFacts factsFrom(const VitConfig& config);

class VitModel : public VisionModel {
public:
    VitModel(const VitConfig& config, ModelFacts facts) : m_encoder(config), m_facts(std::move(facts)) {}

    // Takes every weight. Throws Error(BadWeights).
    void load(const Checkpoint& checkpoint, WeightBinder& binder);

    const ModelFacts& facts() const override { return m_facts; }
    at::Tensor finalNorm(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override
    {
        return m_encoder.positionTable(stream.gridHeight, stream.gridWidth);
    }
    ForwardResult forward(const at::Tensor& pixels, const ForwardOptions& options,
                          const JobControl& control) const override;
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override { m_encoder.pack(precision); }

protected:
    virtual void loadHeads(const Checkpoint& checkpoint, WeightBinder& binder) = 0;
    virtual void visitHeads(const std::function<void(at::Tensor&)>& visit) = 0;
    // Adds pooler_output, logits and the like; last_hidden_state is there already.
    virtual void addOutputs(const VitEncoder::Encoded& encoded, ForwardResult& result) const = 0;

    AttentionPattern patternOf(const ForwardOptions& options) const;
    std::int64_t prefixCount() const { return m_encoder.config().prefixTokens(); }

    VitEncoder m_encoder;
    ModelFacts m_facts;
};

// Builds and loads a `Model` (a VitModel) whose architecture is called `name`.
template <class Model>
LoadedModel loadVitModel(const Checkpoint& checkpoint, const ModelSettings& settings, const std::string& name)
{
    std::vector<std::string> assumptions;
    const VitConfig config = vitConfigFor(checkpoint, settings, assumptions);
    PreprocessPlan plan = planFor(checkpoint, int(config.imageHeight), int(config.imageWidth), assumptions);
    ModelFacts facts = factsFrom(config);
    facts.architecture = name;
    facts.assumptions = std::move(assumptions);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Model>(config, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), std::move(plan), binder.unused()};
}

// The head of ViT, BEiT and DINO (plain_vit.cpp): which of the usual ones is told from the tensors.
LoadedModel loadPlainVit(const Checkpoint& checkpoint, const ModelSettings& settings, const std::string& name);

} // namespace headlens
