// SPDX-License-Identifier: GPL-3.0-or-later
// DeiT with its distillation token (spec/formats.md 5.2): tokens are [cls, dist, patches].
#include "core/models/vit_shared.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class Deit : public VisionModel {
public:
    Deit(VitEncoder encoder, ModelFacts facts) : m_encoder(std::move(encoder)), m_facts(std::move(facts)) {}

    void loadHeads(const Checkpoint& checkpoint, WeightBinder& binder)
    {
        const std::int64_t d = m_encoder.config().width;
        m_classifier = takeHead(checkpoint, binder, "classifier", d, m_facts.classes);
        m_clsHead = takeHead(checkpoint, binder, "cls_classifier", d, m_facts.classes);
        m_distHead = takeHead(checkpoint, binder, "distillation_classifier", d, m_facts.classes);
        if (checkpoint.has("pooler.dense.weight"))
            m_pooler = {binder.take("pooler.dense.weight", {d, d}), binder.take("pooler.dense.bias", {d})};
    }
    void finishLoading() { m_encoder.fuse(); }

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult forward(const at::Tensor& pixels, const JobControl& control) const override
    {
        auto [normed, trace] = m_encoder.encode(pixels, control);
        ForwardResult result{std::move(trace), {{"last_hidden_state", normed}}};
        const at::Tensor cls = normed.select(1, 0), dist = normed.select(1, 1); // [B,D] each
        if (m_pooler.weight.defined()) result.outputs["pooler_output"] = at::tanh(m_pooler(cls));
        if (m_clsHead.weight.defined() && m_distHead.weight.defined()) {
            const at::Tensor clsLogits = m_clsHead(cls), distLogits = m_distHead(dist);
            result.outputs["cls_logits"] = clsLogits;
            result.outputs["distillation_logits"] = distLogits;
            result.outputs["logits"] = (clsLogits + distLogits) / 2;
        } else if (m_classifier.weight.defined()) {
            result.outputs["logits"] = m_classifier(cls); // DeiTForImageClassification keeps the token but not its head
        }
        return result;
    }

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_encoder.visit([&](const std::string&, at::Tensor& weight, const auto&) { visit(weight); });
        for (Linear* head : {&m_classifier, &m_clsHead, &m_distHead, &m_pooler})
            for (at::Tensor* weight : {&head->weight, &head->bias})
                if (weight->defined()) visit(*weight);
    }

private:
    VitEncoder m_encoder;
    ModelFacts m_facts;
    Linear m_classifier, m_clsHead, m_distHead, m_pooler;
};

} // namespace

bool recognisesDeit(const Checkpoint& checkpoint)
{
    if (checkpoint.config() && checkpoint.config()->contains("model_type")) {
        const Json& type = (*checkpoint.config())["model_type"];
        if (type != "deit" && type != "vit") return false;
    }
    return checkpoint.has("embeddings.distillation_token");
}

LoadedModel loadDeit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    std::vector<std::string> assumptions;
    const VitConfig config = vitConfigFor(checkpoint, settings, 2, assumptions);
    PreprocessPlan plan = planFor(checkpoint, config, assumptions);
    ModelFacts facts = factsFrom(config);
    facts.architecture = "DeiT (distilled)";
    facts.prefixTokens = {"cls", "dist"};
    facts.assumptions = assumptions;

    VitEncoder encoder(config, {"cls_token", "distillation_token"});
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    loadEncoder(encoder, binder);
    auto model = std::make_unique<Deit>(std::move(encoder), std::move(facts));
    model->loadHeads(checkpoint, binder);
    binder.finish();
    model->finishLoading();
    return {std::move(model), std::move(plan), binder.unused()};
}

} // namespace headlens
