// SPDX-License-Identifier: GPL-3.0-or-later
// Two towers that meet in one space: CLIP (Hugging Face, OpenAI, open_clip) and SigLIP, whole or one tower alone.
#include "core/models/skeletons/dual_encoder.h"

namespace headlens {
namespace {

bool isSiglip(const Checkpoint& checkpoint)
{
    return checkpoint.has("text_head.weight") || checkpoint.has("vision.attn_pool.latent");
}

StackConfig textConfigOf(const Checkpoint& checkpoint, const ModelSettings& settings, bool siglip,
                         std::vector<std::string>& assumptions)
{
    const bool sectioned = checkpoint.config() && checkpoint.config()->contains("text_config");
    const StackReader reader(checkpoint, settings, sectioned ? "text_config" : "");
    StackConfig config = reader.outline("text");
    reader.settleHeads(config, "num_attention_heads", "text.num_heads", siglip ? 12 : 8, assumptions);
    config.eps = epsOf(settings, reader.fields().real("layer_norm_eps", siglip ? 1e-6 : 1e-5, 0, 1));
    reader.settleActivation(config, reader.fields().text("hidden_act", siglip ? "gelu_pytorch_tanh" : "quick_gelu"),
                            assumptions);
    config.normFirst = true;
    config.causal = !siglip;
    config.padToken = siglip ? 1 : reader.token("pad_token_id", 1);
    validate(config, checkpoint.path());
    return config;
}

// The token that closes a text; -1: the largest id, which is what the first checkpoints mean by 2.
std::int64_t endTokenOf(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool sectioned = checkpoint.config() && checkpoint.config()->contains("text_config");
    const StackReader reader(checkpoint, settings, sectioned ? "text_config" : "");
    const std::int64_t end = reader.silent() ? 2 : reader.token("eos_token_id", 49'407);
    return end == 2 ? -1 : end;
}

} // namespace

static int scoreClip(const Checkpoint& checkpoint)
{
    const bool vision = checkpoint.has("vision.encoder.layer.0.attention.attention.query.weight");
    const bool text =
        checkpoint.has("text.layer.0.self.query.weight") && !checkpoint.has("text.embeddings.norm.weight");
    const bool blip =
        checkpoint.has("text.layer.0.cross.query.weight") || checkpoint.has("decoder.layer.0.self.query.weight");
    return !blip && (vision || (text && checkpoint.has("text.norm.weight")));
}

static LoadedModel loadClip(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool siglip = isSiglip(checkpoint);
    ModelFacts facts;
    std::optional<VitConfig> vision;
    std::optional<StackConfig> text;
    if (checkpoint.has("vision.encoder.layer.0.attention.attention.query.weight"))
        vision = visionTowerConfig(checkpoint, settings,
                                   siglip ? VisionTowerDefaults{"gelu_pytorch_tanh", 1e-6, 12}
                                          : VisionTowerDefaults{"quick_gelu", 1e-5, 12},
                                   facts.assumptions);
    if (checkpoint.has("text.layer.0.self.query.weight"))
        text = textConfigOf(checkpoint, settings, siglip, facts.assumptions);
    PreprocessPlan plan;
    if (vision) {
        const auto height = int(vision->imageHeight), width = int(vision->imageWidth);
        const bool told = checkpoint.preprocessor().has_value();
        plan = told || siglip ? planFor(checkpoint, height, width, facts.assumptions) : clipPlan(height, width);
        if (!told && !siglip) facts.assumptions.push_back("preprocessing: OpenAI's");
    }
    facts.architecture = std::string(siglip ? "SigLIP" : "CLIP") + (!vision ? " text" : !text ? " vision" : "");
    const DualEncoderKind kind{siglip, siglip ? 1 : endTokenOf(checkpoint, settings)};
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<DualEncoder>(vision, text, kind, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), std::move(plan), binder.unused()};
}

const Architecture architectures::clip{"CLIP and SigLIP", {}, scoreClip, loadClip};

} // namespace headlens
