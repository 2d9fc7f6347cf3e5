// SPDX-License-Identifier: GPL-3.0-or-later
// ModernBERT: an encoder with rotary positions and gated MLPs, two of three layers of which see a window.
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/decoder_reading.h"
#include "core/models/skeletons/encoder_text.h"

#include <algorithm>
#include <array>

namespace headlens {
namespace {

constexpr std::array kNames = std::to_array<Rename>({
    {"embeddings.tok_embeddings.weight", "text.embeddings.tokens"},
    {"embeddings.norm.*", "text.embeddings.norm.*"},
    {"layers.#.*", "text.layer.$1.*"},
    {"final_norm.*", "text.norm.*"},
    {"head.dense.*", "cls.predictions.transform.dense.*"},
    {"head.norm.*", "cls.predictions.transform.LayerNorm.*"},
    {"decoder.*", "cls.predictions.decoder.*"},
});

constexpr std::array kBlock = std::to_array<Rename>({
    {"attn_norm.*", "self.norm.*"},
    {"attn.Wqkv.*", "self.qkv.*"},
    {"attn.Wo.*", "self.output.*"},
    {"mlp_norm.*", "mlp.norm.*"},
    {"mlp.Wi.*", "mlp.gated.*"},
    {"mlp.Wo.*", "mlp.down.*"},
});

constexpr LayoutTable kLayout{"Hugging Face", "layers.0.attn.Wqkv.weight", kNames, kBlock, {}};

constexpr std::int64_t kMostTokens = 16'777'216;

// Every n-th layer sees all tokens; the others half of `local_attention` on each side, by a base of their own.
void settleLayers(StackConfig& config, DecoderReader& reader)
{
    const JsonFields& fields = reader.fields();
    const std::int64_t every = fields.integer("global_attn_every_n_layers", 3, 1, 1'000);
    const std::int64_t local = fields.integer("local_attention", 128, 0, kMostTokens);
    config.kinds = reader.sliding(config.layers, local / 2, [=](std::int64_t layer) { return layer % every != 0; });
    for (LayerKind& kind : config.kinds) kind.localPlaces = kind.reach > 0;
    config.kinds.front().firstNorm = false;
    config.rotary = reader.rotary(config.headWidth, "full_attention");
    const Json& json = reader.json();
    const bool isNull = json.contains("local_rope_theta") && json["local_rope_theta"].is_null();
    config.localRotary.theta = isNull ? config.rotary.theta : fields.real("local_rope_theta", 10'000, 1, 1e12);
    if (json.contains("rope_parameters")) config.localRotary = reader.rotary(config.headWidth, "sliding_attention");
}

StackConfig configOf(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    const StackReader reader(checkpoint, settings);
    const JsonFields& fields = reader.fields();
    StackConfig config = reader.outline("text");
    reader.settleHeads(config, "num_attention_heads", "num_heads", 12, assumptions);
    config.eps = epsOf(settings, fields.real("norm_eps", 1e-5, 0, 1));
    reader.settleActivation(config, fields.text("hidden_activation", "gelu"), assumptions);
    config.normFirst = true;
    config.normBiases = checkpoint.has("text.norm.bias");
    config.positionKind = TextPositions::Rotary;
    config.positions = fields.integer("max_position_embeddings", 8'192, 1, kMostTokens);
    config.padToken = std::max<std::int64_t>(0, reader.token("pad_token_id", 50'283));
    DecoderReader decoder(checkpoint, settings, {.theta = 160'000, .thetaKey = "global_rope_theta"});
    settleLayers(config, decoder);
    validate(config, checkpoint.path());
    return config;
}

} // namespace

static int scoreModernBert(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told && checkpoint.has("text.layer.0.mlp.gate.weight") && checkpoint.has("text.embeddings.norm.weight") ? 2
                                                                                                                   : 0;
}

static LoadedModel loadModernBert(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    const StackConfig config = configOf(checkpoint, settings, facts.assumptions);
    facts.architecture = "ModernBERT";
    const StackReader reader(checkpoint, settings);
    const JsonFields& fields = reader.fields();
    const TextHeadsKind heads{
        .labelsTokens = classNameOf(checkpoint).ends_with("ForTokenClassification"),
        .gapActivation = fields.text("classifier_activation", "gelu"),
        .shapesBeforeClasses = true,
        .readsMean = fields.text("classifier_pooling", "cls") == "mean",
    };
    return loadEncoderText(config, std::move(facts), heads, checkpoint, settings);
}

const Architecture architectures::modernBert{
    "ModernBERT", {"modernbert"}, scoreModernBert, loadModernBert, &kLayout};

} // namespace headlens
