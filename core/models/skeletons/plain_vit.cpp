// SPDX-License-Identifier: GPL-3.0-or-later
// The usual heads on a ViT: class token, mean of the patches, attention pooling, class token beside mean (DINOv2).
#include "core/models/heads/attention_pool.h"
#include "core/models/skeletons/vit_model.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <optional>

namespace headlens {
namespace {

class PlainVit : public VitModel {
public:
    using VitModel::VitModel;

    at::Tensor classScores(const at::Tensor& hidden) const override
    {
        if (!m_classifier.isDefined() || m_classAndMean || m_attentionPool) return {};
        at::Tensor x = finalNorm(hidden);
        if (m_normsPooled) x = m_poolNorm(x);
        return m_classifier(m_preLogits.weight.defined() ? tanhOf(m_preLogits(x)) : x);
    }

protected:
    void loadHeads(const Checkpoint& checkpoint, WeightBinder& binder) override
    {
        const VitConfig& config = m_encoder.config();
        const std::int64_t d = config.width;
        m_normsPooled = checkpoint.has("pooler.layernorm.weight");
        if (m_normsPooled) m_poolNorm = takeNorm(binder, "pooler.layernorm", d, config.eps);
        if (checkpoint.has("attn_pool.latent")) m_attentionPool.emplace().load(binder, config, "attn_pool.");
        if (checkpoint.has("pooler.dense.weight")) m_pooler = takeLinear(binder, "pooler.dense", d, d);
        std::int64_t width = d;
        if (const auto shape = checkpoint.shapeOf("pre_logits.fc.weight"); shape && shape->size() == 2) {
            width = shape->at(0);
            m_preLogits = takeLinear(binder, "pre_logits.fc", width, d);
        }
        const auto head = checkpoint.shapeOf("classifier.weight");
        m_classAndMean = head && head->size() == 2 && head->at(1) == 2 * d;
        m_classifier = takeHead(checkpoint, binder, "classifier", m_classAndMean ? 2 * d : width, m_facts);
        const TimmConfig timm = timmConfigOf(checkpoint);
        const bool told = !timm.globalPool.empty();
        m_averages = told ? timm.globalPool == "avg" : m_normsPooled || config.prefix.empty();
        if (told && timm.globalPool != "token" && timm.globalPool != "avg" && timm.globalPool != "map")
            throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                        "pools its tokens by \"" + timm.globalPool + "\", which this version cannot run",
                        "use a model that pools by token, avg or map");
        m_pooledFrom = timm.poolsPrefix ? 0 : prefixCount();
        if (m_classAndMean && prefixCount() > 1) settleRegisters();
    }

    void visitHeads(const std::function<void(at::Tensor&)>& visit) override
    {
        for (Linear* layer : {&m_pooler, &m_preLogits, &m_classifier}) visitLinear(*layer, visit);
        visitNorm(m_poolNorm, visit);
        if (m_attentionPool) m_attentionPool->visit(visit);
    }

    void addOutputs(const VitEncoder::Encoded& encoded, ForwardResult& result) const override
    {
        const at::Tensor& x = encoded.normed; // [B,N,D]
        const at::Tensor patches = x.slice(1, m_pooledFrom);
        at::Tensor pooled;
        if (m_attentionPool)
            pooled =
                m_attentionPool->pool(patches, m_encoder.config().heads, result.outputs["head_attentions"], nullptr);
        else
            pooled = m_averages ? meanOf(patches, 1) : x.select(1, 0);
        if (m_normsPooled) pooled = m_poolNorm(pooled);
        result.outputs["pooler_output"] = m_pooler.weight.defined() ? tanhOf(m_pooler(x.select(1, 0))) : pooled;
        if (m_preLogits.weight.defined()) pooled = tanhOf(m_preLogits(pooled));
        if (m_classAndMean) pooled = at::cat({x.select(1, 0), meanOf(x.slice(1, m_meanFrom), 1)}, -1);
        if (m_classifier.weight.defined()) result.outputs["logits"] = m_classifier(pooled);
    }

private:
    // facebook's own code and transformers since 4.57 leave the registers out of the mean; 4.48 counted them in,
    // which no published classifier was trained for.
    void settleRegisters()
    {
        m_meanFrom = prefixCount();
        m_facts.assumptions.push_back("the classifier's mean is of the patches alone, without the registers");
    }

    bool m_normsPooled = false, m_averages = false, m_classAndMean = false;
    std::int64_t m_pooledFrom = 1; // first token of the mean, or of what attention pools
    std::int64_t m_meanFrom = 1;   // first token of the mean beside the class token
    Linear m_pooler, m_preLogits, m_classifier;
    LayerNorm m_poolNorm;
    std::optional<AttentionPool> m_attentionPool;
};

} // namespace

LoadedModel loadPlainVit(const Checkpoint& checkpoint, const ModelSettings& settings, const std::string& name)
{
    return loadVitModel<PlainVit>(checkpoint, settings, name);
}

} // namespace headlens
