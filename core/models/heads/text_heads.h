// SPDX-License-Identifier: GPL-3.0-or-later
// The usual heads of a text encoder: classes of the text or of its tokens, answers, gaps, and whether one text follows
// another. A checkpoint has some of them.
#pragma once

#include "core/models/heads/vocabulary_head.h"

#include <map>
#include <string>

namespace headlens {

struct TextHeadsKind {
    bool labelsTokens = false;          // the classifier judges every token
    bool reluBeforeClasses = false;     // DistilBERT's; others have tanh
    std::string gapActivation = "gelu"; // of the vocabulary head, as in config.json
    // Classes are told from what the vocabulary head's layer and norm make of one token, or of the mean of all
    // (ModernBERT).
    bool shapesBeforeClasses = false, readsMean = false;
};

class TextHeads {
public:
    explicit TextHeads(TextHeadsKind kind) : m_kind(std::move(kind)) {}

    // Takes what the checkpoint has, and says in `facts` which outputs these are.
    void load(const Checkpoint& checkpoint, WeightBinder& binder, const StackConfig& config, ModelFacts& facts);
    void visit(const std::function<void(at::Tensor&)>& visit);

    bool fillsGaps() const { return m_gaps.isDefined(); }
    // hidden [..,D] -> [..,V]; undefined without that head. `tokens`: the token table [V,D].
    at::Tensor vocabularyScores(const at::Tensor& hidden, const Linear& tokens) const;
    // "pooler_output" [B,D], "logits" [B,C] or [B,T,C], "start_logits" and "end_logits" [B,T] ... of the features
    // behind the last layer [B,T,D]. `mask` [B,T]: 0 for padding; undefined: all are real.
    void addOutputs(const at::Tensor& last, const at::Tensor& mask, std::map<std::string, at::Tensor>& outputs) const;

private:
    at::Tensor classFeatures(const at::Tensor& last, const at::Tensor& pooled, const at::Tensor& mask) const;

    TextHeadsKind m_kind;
    Linear m_pooler, m_before, m_classifier, m_answers, m_follows;
    VocabularyHead m_gaps;
};

} // namespace headlens
