// SPDX-License-Identifier: GPL-3.0-or-later
// BLIP: words that read a picture through cross attention. Matching and retrieval, captions, answers to questions
// (spec/formats.md 7.4).
#include "core/models/heads/vocabulary_head.h"
#include "core/models/skeletons/cached_decoder.h"
#include "core/models/skeletons/vision_tower.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <optional>

namespace headlens {
namespace {

StackConfig textConfigOf(const StackReader& reader, const std::string& name, const Checkpoint& checkpoint,
                         const ModelSettings& settings, std::vector<std::string>& assumptions)
{
    StackConfig config = reader.outline(name);
    reader.settleHeads(config, "num_attention_heads", "text.num_heads", 8, assumptions);
    config.eps = epsOf(settings, reader.fields().real("layer_norm_eps", 1e-12, 0, 1));
    reader.settleActivation(config, reader.fields().text("hidden_act", "gelu"), assumptions);
    config.causal = name == "decoder";
    config.padToken = std::max<std::int64_t>(0, reader.token("pad_token_id", 0));
    validate(config, checkpoint.path());
    return config;
}

class Blip : public TransformerModel {
public:
    Blip(const VitConfig& vision, std::optional<StackConfig> text, std::optional<StackConfig> decoder, ModelFacts facts)
        : m_facts(std::move(facts)), m_vision(vision)
    {
        m_vision.appendFacts(m_facts);
        if (text) m_text.emplace(*text).appendFacts(m_facts, "text");
        if (decoder) m_decoder.emplace(*decoder).appendFacts(m_facts, "decoder");
    }

    void load(const Checkpoint& checkpoint, WeightBinder& binder)
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

    const ModelFacts& facts() const override { return m_facts; }

    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        if (!input.pixels.defined())
            throw Error(ErrorCode::BadRequest, "BLIP", "looks at a picture and none was given", "give it a picture");
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
        pass.mask = m_text                            ? input.decoderInputMask
                    : input.decoderInputIds.defined() ? input.decoderInputMask
                                                      : input.mask;
        if (m_decoder && written.defined()) write(written, pass, options, result);
        return result;
    }

    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return m_decoder && hidden.size(-1) == m_decoder->config().width ? m_head.scores(hidden, m_decoder->tokens())
                                                                         : at::Tensor();
    }

    PositionTable positionTable(const TokenStream& stream) const override
    {
        if (stream.name == "vision") return m_vision.positionTable(stream);
        return (stream.name == "text" ? *m_text : *m_decoder).positionTable(stream.tokens());
    }

    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override
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

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_vision.visit(visit);
        for (std::optional<Stack>* stack : {&m_text, &m_decoder})
            if (*stack) eachWeight(**stack, visit);
        for (Linear* layer : {&m_match, &m_textProjection, &m_pictureProjection}) visitLinear(*layer, visit);
        m_head.visit(visit);
    }
    void packWeights(Precision precision) override
    {
        m_vision.pack(precision);
        for (std::optional<Stack>* stack : {&m_text, &m_decoder})
            if (*stack) (*stack)->pack(precision);
    }

private:
    // The picture's tokens [B,N,D], all of them behind the final norm.
    at::Tensor see(const at::Tensor& pixels, const ForwardOptions& options, const JobControl& control,
                   ForwardResult& result) const
    {
        const SeenPicture seen = m_vision.see(pixels, options, control, result);
        result.outputs["vision.last_hidden_state"] = seen.normed;
        result.outputs["vision.pooler_output"] = m_vision.encoder().finalNorm(seen.pooled); // a second time, as trained
        return seen.normed;
    }

    at::Tensor readText(const ModelInput& input, StackPass pass, ForwardResult& result) const
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

    // Retrieval without looking: the words are read alone, and both are compared by cosine.
    void compare(const at::Tensor& picture, const at::Tensor& words, StackPass pass, ForwardResult& result) const
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

    void write(const at::Tensor& ids, StackPass pass, const ForwardOptions& options, ForwardResult& result) const
    {
        pass.tower = "decoder";
        pass.stream = int(result.trace.streams.size());
        pass.firstBlock = m_vision.encoder().blocks() + (m_text ? m_text->blocks() : 0);
        const at::Tensor last = m_decoder->run(m_decoder->embed(ids), pass);
        result.trace.streams.push_back({"decoder", ids.size(1), 0, 0, 0});
        result.outputs["decoder.last_hidden_state"] = last;
        if (options.vocabularyScores) result.outputs["logits"] = m_head.scores(last, m_decoder->tokens());
    }

    ModelFacts m_facts;
    VisionTower m_vision;
    std::optional<Stack> m_text, m_decoder;
    Linear m_match, m_textProjection, m_pictureProjection;
    VocabularyHead m_head;
};

} // namespace

static bool recognisesBlip(const Checkpoint& checkpoint)
{
    return checkpoint.has("vision.encoder.layer.0.attention.attention.query.weight") &&
           (checkpoint.has("text.layer.0.cross.query.weight") || checkpoint.has("decoder.layer.0.cross.query.weight"));
}

static LoadedModel loadBlip(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    const VitConfig vision = visionTowerConfig(checkpoint, settings, {"gelu", 1e-5, 12}, facts.assumptions);
    const StackReader reader(checkpoint, settings, "text_config");
    std::optional<StackConfig> text, decoder;
    if (checkpoint.has("text.layer.0.self.query.weight"))
        text = textConfigOf(reader, "text", checkpoint, settings, facts.assumptions);
    if (checkpoint.has("decoder.layer.0.self.query.weight"))
        decoder = textConfigOf(reader, "decoder", checkpoint, settings, facts.assumptions);
    const std::int64_t read = text ? text->width : vision.width;
    if ((text && text->crossWidth != vision.width) || (decoder && decoder->crossWidth != read))
        throw Error(ErrorCode::BadWeights, checkpoint.path(), "has towers whose widths do not fit each other");
    const PreprocessPlan plan = planFor(checkpoint, int(vision.imageHeight), int(vision.imageWidth), facts.assumptions);
    facts.architecture = !decoder ? "BLIP (matching)" : text ? "BLIP (answers)" : "BLIP (captions)";
    facts.text = textFactsOf(text ? *text : *decoder);
    if (decoder) {
        facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
        facts.text.writes = facts.text.bosReplacesCls = true;
        facts.text.isEncoderDecoder = text.has_value();
        facts.text.longestWritten = int(decoder->positions);
        facts.text.startToken = int(reader.token("bos_token_id", 30'522));
        facts.text.endToken = int(reader.token("sep_token_id", 102));
    }
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<Blip>(vision, text, decoder, std::move(facts));
    model->load(checkpoint, binder);
    return {std::move(model), plan, binder.unused()};
}

const Architecture architectures::blip{"BLIP", recognisesBlip, loadBlip};

} // namespace headlens
