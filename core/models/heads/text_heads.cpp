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

at::Tensor TextHeads::vocabularyScores(const at::Tensor& hidden, const at::Tensor& tokens) const
{
    return m_gaps.isDefined() ? m_gaps.scores(hidden, tokens) : at::Tensor();
}

void TextHeads::addOutputs(const at::Tensor& last, std::map<std::string, at::Tensor>& outputs) const
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
    if (!m_classifier.isDefined()) return;
    at::Tensor features = m_kind.labelsTokens ? last : m_before.isDefined() ? first : pooled;
    if (m_before.isDefined()) {
        features = m_before(features);
        features = m_kind.reluBeforeClasses ? activate(Activation::Relu, features) : tanhOf(features);
    }
    outputs["logits"] = m_classifier(features);
}

} // namespace headlens
