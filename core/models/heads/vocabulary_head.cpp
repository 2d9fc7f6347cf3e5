// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/heads/vocabulary_head.h"

#include <ATen/ATen.h>

namespace headlens {

void VocabularyHead::load(const Checkpoint& checkpoint, WeightBinder& binder, const StackConfig& config,
                          const std::string& activationName)
{
    if (!checkpoint.has("cls.predictions.transform.dense.weight")) return;
    activation = activationFrom(activationName);
    transform = takeLinear(binder, "cls.predictions.transform.dense", config.width, config.width);
    const std::string name = "cls.predictions.transform.LayerNorm.";
    norm = {binder.take(name + "weight", {config.width}),
            config.hasNormBiases() ? binder.take(name + "bias", {config.width}) : at::Tensor(), config.eps};
    decoder = binder.takeOptional("cls.predictions.decoder.weight", {config.vocabulary, config.width});
    const std::string stored = firstOf(checkpoint, {"cls.predictions.bias", "cls.predictions.decoder.bias"});
    if (stored.empty() && checkpoint.has("classifier.weight")) return; // ModernBERT's classifier reads what it shapes
    bias = binder.take(stored.empty() ? "cls.predictions.bias" : stored, {config.vocabulary});
    if (stored == "cls.predictions.bias") // the same values twice in some files
        binder.takeOptional("cls.predictions.decoder.bias", {config.vocabulary});
}

void VocabularyHead::visit(const std::function<void(at::Tensor&)>& visit)
{
    visitLinear(transform, visit);
    visitNorm(norm, visit);
    for (at::Tensor* weight : {&decoder, &bias})
        if (weight->defined()) visit(*weight);
}

at::Tensor VocabularyHead::shaped(const at::Tensor& hidden) const
{
    return norm(activate(activation, transform(hidden)));
}

at::Tensor VocabularyHead::scores(const at::Tensor& hidden, const Linear& tokens) const
{
    Linear layer = decoder.defined() ? Linear{decoder, {}} : tokens;
    layer.bias = bias;
    return layer(shaped(hidden));
}

} // namespace headlens
