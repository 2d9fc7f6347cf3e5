// SPDX-License-Identifier: GPL-3.0-or-later
// DeiT with its distillation token: tokens are [cls, dist, patches].
#include "core/models/skeletons/vit_model.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class Deit : public VitModel {
public:
    using VitModel::VitModel;

    // Of the two heads that of the class token.
    at::Tensor classScores(const at::Tensor& hidden) const override
    {
        const Linear& head = m_clsHead.isDefined() ? m_clsHead : m_classifier;
        return head.isDefined() ? head(finalNorm(hidden)) : at::Tensor();
    }

protected:
    void loadHeads(const Checkpoint& checkpoint, WeightBinder& binder) override
    {
        const std::int64_t d = m_encoder.config().width;
        m_classifier = takeHead(checkpoint, binder, "classifier", d, m_facts);
        m_clsHead = takeHead(checkpoint, binder, "cls_classifier", d, m_facts);
        m_distHead = takeHead(checkpoint, binder, "distillation_classifier", d, m_facts);
        if (checkpoint.has("pooler.dense.weight")) m_pooler = takeLinear(binder, "pooler.dense", d, d);
    }

    void visitHeads(const std::function<void(at::Tensor&)>& visit) override
    {
        for (Linear* head : {&m_classifier, &m_clsHead, &m_distHead, &m_pooler}) visitLinear(*head, visit);
    }

    void addOutputs(const VitEncoder::Encoded& encoded, ForwardResult& result) const override
    {
        const at::Tensor cls = encoded.normed.select(1, 0), dist = encoded.normed.select(1, 1); // [B,D] each
        if (m_pooler.weight.defined()) result.outputs["pooler_output"] = tanhOf(m_pooler(cls));
        if (m_clsHead.weight.defined() && m_distHead.weight.defined()) {
            const at::Tensor clsLogits = m_clsHead(cls), distLogits = m_distHead(dist);
            result.outputs["cls_logits"] = clsLogits;
            result.outputs["distillation_logits"] = distLogits;
            result.outputs["logits"] = meanOf(at::stack({clsLogits, distLogits}), 0);
        } else if (m_classifier.isDefined()) {
            result.outputs["logits"] = m_classifier(cls); // DeiTForImageClassification keeps the token but not its head
        }
    }

private:
    Linear m_classifier, m_clsHead, m_distHead, m_pooler;
};

} // namespace

static int scoreDeit(const Checkpoint& checkpoint)
{
    return checkpoint.has("embeddings.distillation_token") ? 3 : 0;
}

static LoadedModel loadDeit(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    return loadVitModel<Deit>(checkpoint, settings, "DeiT (distilled)");
}

const Architecture architectures::deit{"DeiT", {"deit", "vit"}, scoreDeit, loadDeit};

} // namespace headlens
