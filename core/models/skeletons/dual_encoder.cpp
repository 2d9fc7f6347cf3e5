// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/dual_encoder.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens {

static at::Tensor normalised(const at::Tensor& x)
{
    return x / x.norm(2, -1, /*keepdim=*/true);
}

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

} // namespace headlens
