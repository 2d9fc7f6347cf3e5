// SPDX-License-Identifier: GPL-3.0-or-later
// BERT's way from features to scores over the vocabulary: a layer, an activation, a norm, and the token table again.
#pragma once

#include "core/models/skeletons/stack_loading.h"

namespace headlens {

struct VocabularyHead {
    Linear transform;
    LayerNorm norm;
    Activation activation = Activation::Gelu;
    at::Tensor decoder, bias; // [V,D] unless it is the token table, [V]

    // Takes "cls.predictions.*" where the checkpoint has it. `activationName`: as in config.json.
    void load(const Checkpoint& checkpoint, WeightBinder& binder, const StackConfig& config,
              const std::string& activationName);
    bool isDefined() const { return bias.defined(); }
    void visit(const std::function<void(at::Tensor&)>& visit);
    bool shapes() const { return transform.isDefined(); } // the first three of them are there
    at::Tensor shaped(const at::Tensor& hidden) const;    // by those: [..,D] -> [..,D]
    // hidden [..,D] -> [..,V]; `tokens` [V,D] stands in for a decoder that is not stored.
    at::Tensor scores(const at::Tensor& hidden, const Linear& tokens) const;
};

} // namespace headlens
