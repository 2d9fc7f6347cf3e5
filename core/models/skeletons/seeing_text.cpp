// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/seeing_text.h"

#include "core/base/error.h"
#include "core/models/skeletons/cached_decoder.h"

#include <ATen/ATen.h>

namespace headlens {

SeeingText::SeeingText(const VitConfig& vision, std::optional<StackConfig> text, std::optional<StackConfig> decoder,
                       ModelFacts facts)
    : m_facts(std::move(facts)), m_vision(vision)
{
    m_vision.appendFacts(m_facts);
    if (text) m_text.emplace(*text).appendFacts(m_facts, "text");
    if (decoder) m_decoder.emplace(*decoder).appendFacts(m_facts, "decoder");
}

void SeeingText::load(const Checkpoint& checkpoint, WeightBinder& binder)
{
    m_vision.load(checkpoint, binder);
    const std::int64_t wide = m_vision.encoder().config().width;
    const auto project = [&](const std::string& name, std::int64_t width) {
        return checkpoint.has(name + ".weight")
                   ? takeLinear(binder, name, extentOf(checkpoint, name + ".weight", 0), width)
                   : Linear();
    };
    if (m_text) {
        headlens::load(*m_text, binder);
        m_match = project("itm_head", m_text->config().width);
        m_textProjection = project("text_proj", m_text->config().width);
    }
    m_pictureProjection = project("vision_proj", wide);
    if (m_decoder) {
        headlens::load(*m_decoder, binder);
        m_head.load(checkpoint, binder, m_decoder->config(), m_decoder->config().activation);
        if (!m_head.isDefined()) binder.take("cls.predictions.transform.dense.weight", {}); // reported as missing
    }
    if (m_match.isDefined()) {
        m_facts.classes = 2;
        m_facts.outputs.push_back(verbs::OutputKind::Classes);
        m_facts.labels = {"does not match", "matches"};
    }
    binder.finish();
}

ForwardResult SeeingText::run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const
{
    if (!input.pixels.defined())
        throw Error(ErrorCode::BadRequest, m_facts.architecture, "looks at a picture and none was given",
                    "give it a picture");
    ForwardResult result;
    StackPass pass = passOf(options, control, int(m_facts.blocks.size()), result);
    pass.memory = see(input.pixels, options, control, result);
    at::Tensor written = input.decoderInputIds;
    if (m_text && input.ids.defined()) {
        const at::Tensor read = readText(input, pass, result);
        pass.memory = read;
        pass.memoryMask = input.mask;
        pass.memoryStream = 1;
    } else if (!m_text && !written.defined()) {
        written = input.ids; // a caption that is continued
    }
    pass.mask = m_text ? input.decoderInputMask : input.decoderInputIds.defined() ? input.decoderInputMask : input.mask;
    if (m_decoder && written.defined()) write(written, pass, options, result);
    return result;
}

at::Tensor SeeingText::vocabularyScores(const at::Tensor& hidden) const
{
    return m_decoder && hidden.size(-1) == m_decoder->config().width ? m_head.scores(hidden, m_decoder->tokenTable())
                                                                     : at::Tensor();
}

PositionTable SeeingText::positionTable(const TokenStream& stream) const
{
    if (stream.name == "vision") return m_vision.positionTable(stream);
    return (stream.name == "text" ? *m_text : *m_decoder).positionTable(stream.tokens());
}

std::unique_ptr<Writer> SeeingText::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    if (!m_decoder) return nullptr;
    ForwardResult unused;
    ForwardOptions reading;
    reading.keep = {false, false};
    reading.ablated = options.ablated;
    DecoderStart start;
    start.memory = see(input.pixels, reading, {}, unused);
    if (m_text) {
        StackPass pass;
        pass.ablated = options.ablated;
        pass.memory = start.memory;
        start.memory = readText(input, pass, unused);
        start.memoryMask = input.mask;
    }
    start.mask = m_text || input.decoderInputIds.defined() ? input.decoderInputMask : input.mask;
    start.ablated = options.ablated;
    start.firstBlock = m_vision.encoder().blocks() + (m_text ? m_text->blocks() : 0);
    return std::make_unique<CachedDecoder>(
        *m_decoder, [this](const at::Tensor& x) { return vocabularyScores(x); }, std::move(start));
}

void SeeingText::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    m_vision.visit(visit);
    for (std::optional<Stack>* stack : {&m_text, &m_decoder})
        if (*stack) eachWeight(**stack, visit);
    for (Linear* layer : {&m_match, &m_textProjection, &m_pictureProjection}) visitLinear(*layer, visit);
    m_head.visit(visit);
}
void SeeingText::packWeights(Precision precision)
{
    m_vision.pack(precision);
    for (std::optional<Stack>* stack : {&m_text, &m_decoder})
        if (*stack) (*stack)->pack(precision);
}

at::Tensor SeeingText::see(const at::Tensor& pixels, const ForwardOptions& options, const JobControl& control,
                           ForwardResult& result) const
{
    const SeenPicture seen = m_vision.see(pixels, options, control, result);
    result.outputs["vision.last_hidden_state"] = seen.normed;
    result.outputs["vision.pooler_output"] = m_vision.encoder().finalNorm(seen.pooled); // a second time, as trained
    return seen.normed;
}

at::Tensor SeeingText::readText(const ModelInput& input, StackPass pass, ForwardResult& result) const
{
    const at::Tensor picture = pass.memory, words = m_text->embed(input.ids);
    if (picture.size(0) == 1) pass.memory = picture.expand({words.size(0), -1, -1}); // many texts, one picture
    pass.mask = input.mask;
    pass.tower = "text";
    pass.stream = 1;
    pass.firstBlock = m_vision.encoder().blocks();
    const at::Tensor last = m_text->run(words, pass);
    result.trace.streams.push_back({"text", input.ids.size(1), 0, 0, 0});
    result.outputs["text.last_hidden_state"] = last;
    if (m_match.isDefined()) result.outputs["logits"] = m_match(last.select(1, 0));
    if (m_textProjection.isDefined() && m_pictureProjection.isDefined()) compare(picture, words, pass, result);
    return last;
}

void SeeingText::compare(const at::Tensor& picture, const at::Tensor& words, StackPass pass,
                         ForwardResult& result) const
{
    const auto unit = [](const at::Tensor& x) { return x / x.norm(2, -1, /*keepdim=*/true); };
    pass.memory = at::Tensor();
    pass.trace = nullptr;
    pass.maps = nullptr;
    const at::Tensor seen = unit(m_pictureProjection(picture.select(1, 0)));
    const at::Tensor read = unit(m_textProjection(m_text->run(words, pass).select(1, 0)));
    result.outputs["image_embeds"] = seen;
    result.outputs["text_embeds"] = read;
    result.outputs["logits_per_image"] = at::matmul(seen, read.t());
}

void SeeingText::write(const at::Tensor& ids, StackPass pass, const ForwardOptions& options,
                       ForwardResult& result) const
{
    pass.tower = "decoder";
    pass.stream = int(result.trace.streams.size());
    pass.firstBlock = m_vision.encoder().blocks() + (m_text ? m_text->blocks() : 0);
    const at::Tensor last = m_decoder->run(m_decoder->embed(ids), pass);
    result.trace.streams.push_back({"decoder", ids.size(1), 0, 0, 0});
    result.outputs["decoder.last_hidden_state"] = last;
    if (options.vocabularyScores) result.outputs["logits"] = m_head.scores(last, m_decoder->tokenTable());
}

} // namespace headlens
