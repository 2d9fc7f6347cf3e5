// SPDX-License-Identifier: GPL-3.0-or-later
// OpenFlamingo: a checkpoint.pt of what was trained, the resampler, the gated layers and the words; the language model
// and the tower lie in folders of their own (--set lang=FOLDER --set vision=FOLDER).
#include "core/base/error.h"
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/gated_decoder.h"

#include <array>

namespace headlens {
namespace {

constexpr std::array kNames = std::to_array<Rename>({
    {"perceiver.latents", "resampler.latents"},
    {"perceiver.layers.#.0.norm_media.*", "resampler.layer.$1.media_norm.*"},
    {"perceiver.layers.#.0.norm_latents.*", "resampler.layer.$1.latent_norm.*"},
    {"perceiver.layers.#.0.to_q.*", "resampler.layer.$1.query.*"},
    {"perceiver.layers.#.0.to_kv.*", "resampler.layer.$1.key_value.*"},
    {"perceiver.layers.#.0.to_out.*", "resampler.layer.$1.output.*"},
    {"perceiver.layers.#.1.0.*", "resampler.layer.$1.mlp_norm.*"},
    {"perceiver.layers.#.1.1.*", "resampler.layer.$1.up.*"},
    {"perceiver.layers.#.1.3.*", "resampler.layer.$1.down.*"},
    {"perceiver.norm.*", "resampler.norm.*"},
    // Within the layers of the language model, under its names; renamed twice: now as below.
    {"lang_encoder.gpt_neox.layers.#.gated_cross_attn_layer.*", "gate.$1.*"},
    {"lang_encoder.transformer.blocks.#.gated_cross_attn_layer.*", "gate.$1.*"},
    {"lang_encoder.model.decoder.layers.#.gated_cross_attn_layer.*", "gate.$1.*"},
    {"lang_encoder.model.layers.#.gated_cross_attn_layer.*", "gate.$1.*"},
    {"lang_encoder.transformer.h.#.gated_cross_attn_layer.*", "gate.$1.*"},
    {"gate.#.attn.norm.*", "gated.layer.$1.norm.*"},
    {"gate.#.attn.to_q.*", "gated.layer.$1.query.*"},
    {"gate.#.attn.to_kv.*", "gated.layer.$1.key_value.*"},
    {"gate.#.attn.to_out.*", "gated.layer.$1.output.*"},
    {"gate.#.attn_gate", "gated.layer.$1.attention_gate"},
    {"gate.#.ff.0.*", "gated.layer.$1.mlp_norm.*"},
    {"gate.#.ff.1.*", "gated.layer.$1.up.*"},
    {"gate.#.ff.3.*", "gated.layer.$1.down.*"},
    {"gate.#.ff_gate", "gated.layer.$1.mlp_gate"},
    {"lang_encoder.gated_cross_attn_layers.*", "position_ids"}, // the same tensors once more
    {"lang_encoder.gpt_neox.embed_in.weight", "text.embeddings.tokens"},
    {"lang_encoder.transformer.wte.weight", "text.embeddings.tokens"},
    {"lang_encoder.model.embed_tokens.weight", "text.embeddings.tokens"},
    {"lang_encoder.model.decoder.embed_tokens.weight", "text.embeddings.tokens"},
    {"lang_encoder.embed_out.weight", "lm_head.weight"},
    {"lang_encoder.lm_head.weight", "lm_head.weight"},
});

constexpr LayoutTable kLayout{"OpenFlamingo", "perceiver.latents", kNames, {}, {}};

// Fixed in its code.
constexpr PerceiverConfig kResampler{
    .layers = 6, .latents = 64, .heads = 8, .headWidth = 64, .activation = Activation::Gelu, .eps = 1e-5};

Checkpoint partOf(const Checkpoint& checkpoint, const ModelSettings& settings, const char* key, const char* what)
{
    const auto found = settings.find(key);
    if (found == settings.end())
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    std::string("is what OpenFlamingo trained, without its ") + what,
                    std::string("name the folder that holds it: --set ") + key + "=FOLDER");
    return openCheckpoint(found->second);
}

GatedConfig gatedOf(const StackConfig& text, const Checkpoint& checkpoint)
{
    GatedConfig config;
    config.heads = kResampler.heads;
    config.headWidth = kResampler.headWidth;
    for (int layer = 0; layer < int(text.layers); ++layer)
        if (checkpoint.has("gated.layer." + std::to_string(layer) + ".attention_gate")) config.before.push_back(layer);
    if (config.before.empty())
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "has no gated layers for this language model",
                    "name the language model that it was trained with");
    config.mlpWidth = extentOf(checkpoint, "gated.layer." + std::to_string(config.before[0]) + ".up.weight", 0);
    return config;
}

} // namespace

static int scoreOpenFlamingo(const Checkpoint& checkpoint)
{
    return checkpoint.layout().name == kLayout.name ? 4 : 0;
}

static LoadedModel loadOpenFlamingo(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const Checkpoint lang = partOf(checkpoint, settings, "lang", "language model"),
                     vision = partOf(checkpoint, settings, "vision", "tower");
    DecoderReader reader(lang, settings);
    StackConfig text = decoderConfig(modelTypeOf(lang), reader);
    const std::int64_t words = text.vocabulary;
    text.vocabulary = extentOf(checkpoint, "text.embeddings.tokens", 0);
    ModelFacts facts;
    facts.architecture = "OpenFlamingo";
    const VitConfig tower =
        visionTowerConfig(vision, settings, {.activation = "quick_gelu", .eps = 1e-5, .heads = 16}, facts.assumptions);
    facts.text = textFactsOf(text);
    facts.text.endToken = int(words); // "<|endofchunk|>"
    facts.text.usualChat = "{{ image }}Question: {{ messages[-1].content }} Short answer:"; // as it was measured on VQA
    facts.text.pictureMark = "<image>";
    PerceiverConfig resampler = kResampler;
    resampler.width = tower.width;
    resampler.mlpWidth = extentOf(checkpoint, "resampler.layer.0.up.weight", 0);
    GatedConfig gated = gatedOf(text, checkpoint);
    gated.imageToken = words + 1; // behind the words stand "<|endofchunk|>", "<image>" and perhaps "<PAD>"
    WeightBinder trained(checkpoint, wantsNonFinite(settings)), spoken(lang, wantsNonFinite(settings)),
        seeing(vision, wantsNonFinite(settings));
    auto model = std::make_unique<GatedDecoder>(tower, resampler, text, std::move(gated), std::move(facts));
    model->text().ownTokens(false); // the enlarged table was trained
    model->text().setTokens(trained.take("text.embeddings.tokens", {text.vocabulary, text.tableWidth()}));
    model->load({vision, seeing, trained, spoken, true});
    for (const WeightBinder* binder : {&trained, &spoken, &seeing}) binder->finish();
    std::vector<std::string> assumptions;
    PreprocessPlan plan = planFor(vision, model->facts().imageHeight, model->facts().imageWidth, assumptions);
    return {std::move(model), std::move(plan), trained.unused()};
}

const Architecture architectures::openFlamingo{"OpenFlamingo", {}, scoreOpenFlamingo, loadOpenFlamingo, &kLayout};

} // namespace headlens
