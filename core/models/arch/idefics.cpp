// SPDX-License-Identifier: GPL-3.0-or-later
// Idefics 1, the open Flamingo of Hugging Face: a Llama with gated cross attention before every few layers.
#include "core/base/error.h"
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/gated_decoder.h"

namespace headlens {
namespace {

PerceiverConfig resamplerOf(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const StackReader reader(checkpoint, settings, "perceiver_config");
    const JsonFields& fields = reader.fields();
    PerceiverConfig config;
    config.width = extentOf(checkpoint, "resampler.latents", 1);
    config.latents = extentOf(checkpoint, "resampler.latents", 0);
    config.layers = 0;
    const std::string layer = "resampler.layer.";
    while (checkpoint.has(layer + std::to_string(config.layers) + ".query.weight")) ++config.layers;
    config.heads = fields.integer("resampler_n_heads", 16, 1, 1'024);
    const std::int64_t inner = extentOf(checkpoint, layer + "0.query.weight", 0);
    if (inner < 1 || inner % config.heads != 0) fields.refuse("resampler_n_heads does not divide its queries");
    config.headWidth = inner / config.heads;
    config.mlpWidth = extentOf(checkpoint, layer + "0.up.weight", 0);
    config.activation = Activation::Relu;
    config.headNorms = checkpoint.has(layer + "0.query_norm.weight");
    return config;
}

GatedConfig gatedOf(const StackConfig& text, const Checkpoint& checkpoint, const StackReader& whole)
{
    GatedConfig config;
    config.heads = text.heads;
    config.headWidth = text.headWidth;
    config.mlpWidth = extentOf(checkpoint, "gated.layer.0.up.weight", 0);
    const auto gate = checkpoint.shapeOf("gated.layer.0.attention_gate"); // [1] or [1,1,D]
    config.gateWidth = gate && !gate->empty() ? gate->back() : 1;
    config.rmsNorm = config.gatedMlp = config.readsPrefix = true;
    config.headNorms = checkpoint.has("gated.layer.0.query_norm.weight");
    config.activation = activationFrom(text.activation);
    config.eps = text.eps;
    const std::int64_t every = whole.fields().integer("cross_layer_interval", 1, 1, 1'000);
    for (int layer = 0; layer < int(text.layers); ++layer)
        if (layer % every == 0) config.before.push_back(layer);
    config.imageToken = whole.fields().integer("image_token_id", text.vocabulary - 1, 0, 16'777'216);
    return config;
}

} // namespace

static int scoreIdefics(const Checkpoint& checkpoint)
{
    return !modelTypeOf(checkpoint).empty() && checkpoint.has("gated.layer.0.attention_gate") ? 4 : 0;
}

static LoadedModel loadIdefics(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const StackReader whole(checkpoint, settings);
    if (!checkpoint.has("resampler.latents"))
        whole.fields().refuse("use_resampler is false, which this version cannot run");
    DecoderReader reader(checkpoint, settings);
    const StackConfig text = decoderConfig("llama", reader);
    ModelFacts facts;
    facts.architecture = "Idefics";
    const VitConfig tower =
        visionTowerConfig(checkpoint, settings, {.activation = "gelu", .eps = 1e-5, .heads = 16}, facts.assumptions);
    facts.text = textFactsOf(text);
    facts.text.endToken = reader.endToken();
    facts.text.usualChat = "User: {{ image }}{{ messages[-1].content }}\nAssistant:";
    facts.text.pictureMark = "<image>";
    facts.text.pictureText = "<fake_token_around_image><image><fake_token_around_image>";
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<GatedDecoder>(tower, resamplerOf(checkpoint, settings), text,
                                                gatedOf(text, checkpoint, whole), std::move(facts));
    model->load({checkpoint, binder, binder, binder, false});
    binder.finish();
    std::vector<std::string> assumptions;
    PreprocessPlan plan = planFor(checkpoint, model->facts().imageHeight, model->facts().imageWidth, assumptions);
    return {std::move(model), std::move(plan), binder.unused()};
}

const Architecture architectures::idefics{"Idefics", {"idefics"}, scoreIdefics, loadIdefics};

} // namespace headlens
