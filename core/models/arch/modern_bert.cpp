// SPDX-License-Identifier: GPL-3.0-or-later
// ModernBERT: an encoder with rotary positions and gated MLPs, two of three layers of which see a window.
#include "core/checkpoint/layouts.h"
#include "core/models/skeletons/decoder_reading.h"
#include "core/models/skeletons/encoder_text.h"

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

// What it shares with decoders, read as theirs.
StackConfig configOf(DecoderReader& reader)
{
    StackConfig config = reader.outline({.heads = 12,
                                         .positions = 8'192,
                                         .eps = 1e-5,
                                         .theta = 160'000,
                                         .activation = "gelu",
                                         .rmsNorm = false,
                                         .epsKey = "norm_eps",
                                         .activationKey = "hidden_activation",
                                         .thetaKey = "global_rope_theta"});
    config.causal = false;
    settleLayers(config, reader);
    validate(config, reader.checkpoint().path());
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
    DecoderReader reader(checkpoint, settings);
    const StackConfig config = configOf(reader);
    const JsonFields& fields = reader.fields();
    ModelFacts facts;
    facts.architecture = "ModernBERT";
    facts.assumptions = reader.assumptions();
    const TextHeadsKind heads{
        .labelsTokens = classNameOf(checkpoint).ends_with("ForTokenClassification"),
        .gapActivation = fields.text("classifier_activation", "gelu"),
        .shapesBeforeClasses = true,
        .readsMean = fields.text("classifier_pooling", "cls") == "mean",
    };
    return loadEncoderText(config, std::move(facts), heads, checkpoint, settings);
}

const Architecture architectures::modernBert{"ModernBERT", {"modernbert"}, scoreModernBert, loadModernBert, &kLayout};

} // namespace headlens
