// SPDX-License-Identifier: GPL-3.0-or-later
// ViT and DINO v1 (spec/formats.md 5.1, 5.3): a class token, patches, an optional pooler and an optional classifier.
#include "core/models/vit_shared.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class Vit : public VisionModel {
public:
    Vit(VitEncoder encoder, ModelFacts facts) : m_encoder(std::move(encoder)), m_facts(std::move(facts)) {}

    void loadHeads(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        const std::int64_t d = m_encoder.config().width;
        if (checkpoint.has("pooler.dense.weight")) {
            m_pooler = {binder.take("pooler.dense.weight", {d, d}), binder.take("pooler.dense.bias", {d})};
        }
        m_classifier = takeHead(checkpoint, binder, "classifier", d, m_facts.classes);
    }
    void finishLoading() { m_encoder.fuse(); }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult forward(const at::Tensor& pixels, const JobControl& control) const override
    {
        auto [normed, trace] = m_encoder.encode(pixels, control);
        ForwardResult result{std::move(trace), {{"last_hidden_state", normed}}};
        const at::Tensor cls = normed.select(1, 0); // [B,D]
        if (m_pooler.weight.defined()) result.outputs["pooler_output"] = at::tanh(m_pooler(cls));
        if (m_classifier.weight.defined()) result.outputs["logits"] = m_classifier(cls);
        return result;
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_encoder.visit([&](const std::string&, at::Tensor& weight, const auto&) { visit(weight); });
        for (at::Tensor* weight : {&m_pooler.weight, &m_pooler.bias, &m_classifier.weight, &m_classifier.bias})
            if (weight->defined()) visit(*weight);
    }

private:
    VitEncoder m_encoder;
    ModelFacts m_facts;
    Linear m_pooler, m_classifier;
};

} // namespace

bool recognisesVit(const Checkpoint& checkpoint)
{
    if (checkpoint.config() && checkpoint.config()->contains("model_type"))
        return (*checkpoint.config())["model_type"] == "vit" || (*checkpoint.config())["model_type"] == "deit";
    return checkpoint.has("embeddings.cls_token") &&
           checkpoint.has("encoder.layer.0.attention.attention.query.weight") &&
           checkpoint.has("embeddings.position_embeddings");
}

LoadedModel loadVit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    std::vector<std::string> assumptions;
    const VitConfig config = vitConfigFor(checkpoint, settings, 1, assumptions);
    PreprocessPlan plan = planFor(checkpoint, config, assumptions);
    ModelFacts facts = factsFrom(config);
    facts.prefixTokens = {"cls"};
    facts.assumptions = assumptions;

    const bool headless = !checkpoint.has("classifier.weight") && !checkpoint.has("pooler.dense.weight");
    facts.architecture = headless ? "ViT (no head, as DINO v1)" : "ViT";

    VitEncoder encoder(config, {"cls_token"});
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    loadEncoder(encoder, binder);
    auto model = std::make_unique<Vit>(std::move(encoder), std::move(facts));
    model->loadHeads(checkpoint, binder);
    binder.finish();
    model->finishLoading();
    return {std::move(model), std::move(plan), binder.unused()};
}

} // namespace headlens
