// SPDX-License-Identifier: GPL-3.0-or-later
// Two towers that meet in one space: CLIP (Hugging Face, OpenAI, open_clip) and SigLIP, whole or one tower alone
// (spec/formats.md 7.1, 7.2).
#include "core/models/arch/clip.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <cmath>

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

at::Tensor normalised(const at::Tensor& x)
{
    return x / x.norm(2, -1, /*keepdim=*/true);
}

} // namespace

DualEncoder::DualEncoder(std::optional<VitConfig> vision, std::optional<StackConfig> text, DualEncoderKind kind,
                         ModelFacts facts)
    : m_kind(kind), m_facts(std::move(facts))
{
    m_facts.channels = 0;
    if (vision) m_vision.emplace(*vision);
    if (text) m_text.emplace(*text);
}

void DualEncoder::load(const Checkpoint& checkpoint, WeightBinder& binder)
{
    if (m_vision) m_vision->load(checkpoint, binder);
    if (m_text) headlens::load(*m_text, binder);
    const auto project = [&](const std::string& name, std::int64_t width) {
        const auto shape = checkpoint.shapeOf(name + ".weight");
        return shape && shape->size() == 2 ? takeLinear(binder, name, (*shape)[0], width) : Linear();
    };
    if (m_text) m_textProjection = project(m_kind.siglip ? "text_head" : "text_projection", m_text->config().width);
    if (m_vision) m_pictureProjection = project("visual_projection", m_vision->encoder().config().width);
    const auto spaceOf = [](const Linear& projection, std::int64_t width) {
        return projection.isDefined() ? projection.outputs() : width;
    };
    if (m_vision && m_text &&
        spaceOf(m_textProjection, m_text->config().width) !=
            spaceOf(m_pictureProjection, m_vision->encoder().config().width))
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "projects pictures and texts into different spaces");
    m_logitScale =
        binder.takeOptional("logit_scale", checkpoint.shapeOf("logit_scale").value_or(std::vector<std::int64_t>{}));
    m_logitBias =
        binder.takeOptional("logit_bias", checkpoint.shapeOf("logit_bias").value_or(std::vector<std::int64_t>{}));
    settleFacts();
    binder.finish();
}

void DualEncoder::settleFacts()
{
    if (m_vision) m_vision->appendFacts(m_facts);
    if (m_text) {
        m_text->appendFacts(m_facts, "text");
        m_facts.text = textFactsOf(m_text->config());
        m_facts.text.padToMaxLength = m_kind.siglip;
        m_facts.text.endToken = int(m_kind.endToken);
    }
    m_facts.text.compares = m_facts.textOnlyInput = m_vision && m_text;
    if (m_facts.text.compares) m_facts.outputs = {verbs::OutputKind::Similarity};
}

at::Tensor DualEncoder::endPlaces(const at::Tensor& ids) const
{
    if (m_kind.siglip) return at::full({ids.size(0)}, ids.size(1) - 1, ids.options());
    if (m_kind.endToken < 0) return ids.argmax(1);
    return (ids == m_kind.endToken).to(at::kInt).argmax(1); // the first of several
}

at::Tensor DualEncoder::readTexts(const ModelInput& input, const ForwardOptions& options, const JobControl& control,
                                  ForwardResult& result) const
{
    StackPass pass = passOf(options, control, int(m_facts.blocks.size()), result);
    if (!m_kind.siglip) pass.mask = input.mask;
    pass.tower = "text";
    pass.firstBlock = input.pixels.defined() && m_vision ? int(m_facts.blocks.size()) - m_text->blocks() : 0;
    pass.stream = int(result.trace.streams.size());
    result.trace.streams.push_back({"text", input.ids.size(1), 0, 0, 0});
    const at::Tensor normed = m_text->finalNorm(m_text->run(m_text->embed(input.ids), pass));
    const at::Tensor pooled =
        normed.gather(1, endPlaces(input.ids).view({-1, 1, 1}).expand({-1, 1, normed.size(2)})).squeeze(1);
    result.outputs["text.last_hidden_state"] = normed;
    const at::Tensor projected = m_textProjection.isDefined() ? m_textProjection(pooled) : pooled;
    // SigLIP's head belongs to the pooled output, CLIP's projection does not.
    result.outputs["text.pooler_output"] = m_kind.siglip ? projected : pooled;
    return projected;
}

ForwardResult DualEncoder::run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const
{
    ForwardResult result;
    at::Tensor picture, text;
    if (m_vision && input.pixels.defined()) {
        const SeenPicture seen = m_vision->see(input.pixels, options, control, result);
        result.outputs["vision.last_hidden_state"] = m_vision->pools() ? seen.normed : seen.last;
        result.outputs["vision.pooler_output"] = seen.pooled;
        picture = m_pictureProjection.isDefined() ? m_pictureProjection(seen.pooled) : seen.pooled;
        result.outputs["image_embeds"] = picture = normalised(picture);
        // The same projection of every patch: what patch-text similarity compares.
        const at::Tensor patches = seen.normed.slice(1, m_vision->encoder().config().prefixTokens());
        result.patchEmbeds = normalised(m_pictureProjection.isDefined() ? m_pictureProjection(patches) : patches);
    }
    if (m_text && input.ids.defined())
        result.outputs["text_embeds"] = text = normalised(readTexts(input, options, control, result));
    if (picture.defined() && text.defined()) {
        const at::Tensor scores = logits(text, picture);
        result.outputs["logits_per_text"] = scores;
        result.outputs["logits_per_image"] = scores.t().contiguous();
    }
    return result;
}

at::Tensor DualEncoder::logits(const at::Tensor& texts, const at::Tensor& pictures) const
{
    at::Tensor scores = at::matmul(texts, pictures.t());
    if (m_logitScale.defined()) scores = scores * m_logitScale.exp();
    return m_logitBias.defined() ? scores + m_logitBias : scores;
}

at::Tensor DualEncoder::finalNorm(const at::Tensor& hidden) const
{
    if (m_vision && hidden.size(-1) == m_vision->encoder().config().width) return m_vision->encoder().finalNorm(hidden);
    return hidden;
}

void DualEncoder::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    if (m_vision) m_vision->visit(visit);
    if (m_text) eachWeight(*m_text, visit);
    visitLinear(m_textProjection, visit);
    visitLinear(m_pictureProjection, visit);
    for (at::Tensor* number : {&m_logitScale, &m_logitBias})
        if (number->defined()) visit(*number);
}

void DualEncoder::packWeights(Precision precision)
{
    if (m_vision) m_vision->pack(precision);
    if (m_text) m_text->pack(precision);
}

static bool recognisesClip(const Checkpoint& checkpoint)
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

const Architecture architectures::clip{"CLIP and SigLIP", recognisesClip, loadClip};

} // namespace headlens
