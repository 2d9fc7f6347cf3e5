// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/heads/text_heads.h"

#include <ATen/ATen.h>

namespace headlens {

void TextHeads::load(const Checkpoint& checkpoint, WeightBinder& binder, const StackConfig& config, ModelFacts& facts)
{
    const std::int64_t d = config.width;
    if (checkpoint.has("pooler.dense.weight")) m_pooler = takeLinear(binder, "pooler.dense", d, d);
    m_gaps.load(checkpoint, binder, config, m_kind.gapActivation);
    // DistilBERT, RoBERTa: one more layer before the classes.
    for (const std::string name : {"pre_classifier", "classifier.dense"})
        if (checkpoint.has(name + ".weight")) m_before = takeLinear(binder, name, d, d);
    const auto kind = m_kind.labelsTokens ? verbs::OutputKind::TokenClasses : verbs::OutputKind::Classes;
    for (const std::string name : {"classifier", "classifier.out_proj"})
        if (checkpoint.has(name + ".weight")) m_classifier = takeHead(checkpoint, binder, name, d, facts, kind);
    if (checkpoint.has("qa_outputs.weight")) m_answers = takeLinear(binder, "qa_outputs", 2, d);
    if (checkpoint.has("cls.seq_relationship.weight")) m_follows = takeLinear(binder, "cls.seq_relationship", 2, d);
    if (m_answers.isDefined()) facts.outputs.push_back(verbs::OutputKind::Spans);
    if (m_gaps.isDefined()) facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
}

void TextHeads::visit(const std::function<void(at::Tensor&)>& visit)
{
    for (Linear* layer : {&m_pooler, &m_before, &m_classifier, &m_answers, &m_follows}) visitLinear(*layer, visit);
    m_gaps.visit(visit);
}

at::Tensor TextHeads::vocabularyScores(const at::Tensor& hidden, const Linear& tokens) const
{
    return m_gaps.isDefined() ? m_gaps.scores(hidden, tokens) : at::Tensor();
}

namespace {

// The mean of the real tokens [B,T,D] -> [B,D].
at::Tensor meanOfReal(const at::Tensor& last, const at::Tensor& mask)
{
    if (!mask.defined()) return meanOf(last, 1);
    const at::Tensor real = mask.to(last.scalar_type()).unsqueeze(-1);
    return (last * real).sum(1) / real.sum(1);
}

} // namespace

// What the classifier reads [B,D], or [B,T,D] where it judges every token; `pooled` [B,D].
at::Tensor TextHeads::classFeatures(const at::Tensor& last, const at::Tensor& pooled, const at::Tensor& mask) const
{
    if (m_kind.shapesBeforeClasses) {
        const at::Tensor read = m_kind.readsMean ? meanOfReal(last, mask) : last.select(1, 0);
        return m_gaps.shaped(m_kind.labelsTokens ? last : read);
    }
    if (m_kind.labelsTokens) return last;
    if (!m_before.isDefined()) return pooled;
    const at::Tensor features = m_before(last.select(1, 0));
    return m_kind.reluBeforeClasses ? activate(Activation::Relu, features) : tanhOf(features);
}

void TextHeads::addOutputs(const at::Tensor& last, const at::Tensor& mask,
                           std::map<std::string, at::Tensor>& outputs) const
{
    const at::Tensor first = last.select(1, 0); // [CLS]
    const at::Tensor pooled = m_pooler.isDefined() ? tanhOf(m_pooler(first)) : first;
    if (m_pooler.isDefined()) outputs["pooler_output"] = pooled;
    if (m_follows.isDefined()) outputs["seq_relationship_logits"] = m_follows(pooled);
    if (m_answers.isDefined()) {
        const at::Tensor places = m_answers(last); // [B,T,2]
        outputs["start_logits"] = places.select(-1, 0).contiguous();
        outputs["end_logits"] = places.select(-1, 1).contiguous();
    }
    if (m_classifier.isDefined()) outputs["logits"] = m_classifier(classFeatures(last, pooled, mask));
}

} // namespace headlens
