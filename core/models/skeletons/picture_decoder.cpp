// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/picture_decoder.h"

#include "core/base/error.h"
#include "core/models/skeletons/cached_decoder.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr std::int64_t kMostTokens = 16'777'216;

// A mask [B,T] with padding in front.
bool isLeftPadded(const at::Tensor& mask)
{
    return mask.defined() && (mask.select(1, 0) == 0).any().item<bool>();
}

// [B,n,C,H,W], as some files batch the pictures of texts: one row a picture, without those of zeros, which only fill.
at::Tensor inARow(const at::Tensor& pixels)
{
    constexpr std::int64_t kByText = 5;
    if (pixels.dim() != kByText) return pixels;
    const at::Tensor all = pixels.flatten(0, 1);
    return all.index_select(0, (all != 0).flatten(1).any(1).nonzero().squeeze(1));
}

void requireFit(std::int64_t places, std::int64_t vectors)
{
    if (places % vectors == 0) return;
    throw Error(ErrorCode::BadRequest, "the text",
                "has " + std::to_string(places) + " places for pictures, and the pictures fill " +
                    std::to_string(vectors),
                "name every picture once");
}

} // namespace

PictureDecoder::PictureDecoder(const VitConfig& vision, const StackConfig& text, const PictureWords& words,
                               std::unique_ptr<PictureConnector> connector, ModelFacts facts)
    : m_facts(std::move(facts)), m_vision(vision), m_text(text), m_words(words), m_connector(std::move(connector))
{
    m_vision.appendFacts(m_facts);
    m_text.appendFacts(m_facts, "text");
    m_facts.text.writes = true;
    m_facts.textOnlyInput = true;
    m_facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
    m_facts.tokenKinds = {{int(words.token), "image"}, {int(words.token) + 1, ""}};
    m_facts.widerTokens = {{int(words.token), int(words.perPicture)}};
}

void PictureDecoder::load(const Checkpoint& checkpoint, WeightBinder& binder)
{
    m_vision.load(checkpoint, binder);
    m_connector->load(binder);
    headlens::load(m_text, binder);
    m_head.load(binder, m_text.config());
    binder.finish();
}

at::Tensor PictureDecoder::see(const at::Tensor& pixels, ForwardOptions options, const JobControl& control,
                               ForwardResult& result) const
{
    if (!pixels.defined()) return {};
    const bool keepsHidden = std::exchange(options.keep.hidden, true); // connectors may read any of them
    const SeenPicture seen = m_vision.see(inARow(pixels), options, control, result);
    const std::vector<at::Tensor>& states = result.trace.hidden["vision"];
    const at::Tensor vectors = (*m_connector)({seen, states, m_vision.encoder().config().prefixTokens()});
    if (!keepsHidden) result.trace.hidden.erase("vision");
    result.outputs["image_features"] = vectors;
    return vectors.flatten(0, 1) * m_words.scale;
}

at::Tensor PictureDecoder::sentence(const at::Tensor& ids, const at::Tensor& vectors, const Stack::Embedding& how) const
{
    const at::Tensor isPicture = ids == m_words.token; // may be none of the table's rows
    const at::Tensor words = m_text.embed(at::where(isPicture, at::zeros_like(ids), ids), how);
    const auto places = isPicture.sum().item<std::int64_t>();
    if (places == 0) return words;
    if (!vectors.defined())
        throw Error(ErrorCode::BadRequest, "the text", "names a picture and none was given", "give it a picture");
    requireFit(places, vectors.size(0));
    const at::Tensor order = (isPicture.flatten().to(at::kLong).cumsum(0) - 1).clamp_min(0).remainder(vectors.size(0));
    const at::Tensor seen = vectors.index_select(0, order).view_as(words);
    return at::where(isPicture.unsqueeze(-1), seen, words);
}

at::Tensor PictureDecoder::together(const ModelInput& input) const
{
    switch (m_words.sight) {
    case PictureWords::Causal: break;
    case PictureWords::Prompt:
        return input.segments.defined() ? (input.segments == 0).to(at::kLong) : at::ones_like(input.ids);
    case PictureWords::Picture: { // runs of the picture's token, numbered
        const at::Tensor here = (input.ids == m_words.token).to(at::kLong);
        const at::Tensor before = at::constant_pad_nd(here, {1, -1}, 0);
        return (here * (1 - before)).cumsum(1) * here;
    }
    }
    return {};
}

ForwardResult PictureDecoder::run(const ModelInput& input, const ForwardOptions& options,
                                  const JobControl& control) const
{
    if (!input.ids.defined()) throw Error(ErrorCode::BadRequest, m_facts.architecture, "reads text and none was given");
    ForwardResult result;
    const at::Tensor vectors = see(input.pixels, options, control, result);
    StackPass pass = passOf(options, control, int(m_facts.blocks.size()), result);
    pass.mask = input.mask;
    pass.together = together(input);
    pass.tower = "text";
    pass.stream = int(result.trace.streams.size());
    pass.firstBlock = m_vision.encoder().blocks();
    result.trace.streams.push_back({"text", input.ids.size(1), 0, 0, 0});
    const at::Tensor x = m_text.run(sentence(input.ids, vectors, {.hooks = options.hooks}), pass);
    const at::Tensor normed = m_text.finalNorm(x);
    result.outputs["text.last_hidden_state"] = normed;
    if (options.vocabularyScores) result.outputs["logits"] = m_head(m_text, normed);
    return result;
}

at::Tensor PictureDecoder::finalNorm(const at::Tensor& hidden) const
{
    return isText(hidden) ? m_text.finalNorm(hidden) : hidden;
}

at::Tensor PictureDecoder::vocabularyScores(const at::Tensor& hidden) const
{
    return isText(hidden) ? m_head(m_text, m_text.finalNorm(hidden)) : at::Tensor();
}

PositionTable PictureDecoder::positionTable(const TokenStream& stream) const
{
    return stream.gridHeight > 0 ? m_vision.positionTable(stream) : m_text.positionTable(stream.tokens());
}

// The pictures are looked at once.
std::unique_ptr<Writer> PictureDecoder::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    ForwardResult unused;
    ForwardOptions seeing = options;
    seeing.keep.attention = false;
    const at::Tensor vectors = see(input.pixels, seeing, {}, unused);
    DecoderStart start;
    start.mask = input.mask;
    start.countsReal = isLeftPadded(input.mask);
    start.ablated = options.ablated;
    start.firstBlock = m_vision.encoder().blocks();
    start.together = together(input);
    start.sentence = [this, vectors](const at::Tensor& ids, const Stack::Embedding& how) {
        return sentence(ids, vectors, how);
    };
    return std::make_unique<CachedDecoder>(
        m_text, [this](const at::Tensor& x) { return vocabularyScores(x); }, std::move(start));
}

void PictureDecoder::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    m_vision.visit(visit);
    m_connector->visit(visit);
    eachWeight(m_text, visit);
    m_head.visit(visit);
}

void PictureDecoder::packWeights(Precision precision)
{
    m_vision.pack(precision);
    m_text.pack(precision);
}

PictureDecoderParts readPictureDecoder(const char* name, const VisionTowerDefaults& vision, const char* usualText,
                                       const Checkpoint& checkpoint, const ModelSettings& settings)
{
    ModelFacts facts;
    facts.architecture = name;
    VitConfig seeing = visionTowerConfig(checkpoint, settings, vision, facts.assumptions);
    DecoderReader reader(checkpoint, settings, "text_config");
    StackConfig writing = decoderConfig(reader.fields().text("model_type", usualText), reader);
    const StackReader whole(checkpoint, settings);
    if (!reader.fields().present("tie_word_embeddings") && whole.fields().flag("tie_word_embeddings", false))
        writing.tiedHead = true;
    facts.assumptions.insert(facts.assumptions.end(), reader.assumptions().begin(), reader.assumptions().end());
    facts.text = textFactsOf(writing);
    facts.text.endToken = reader.endToken();
    facts.imageHeight = int(seeing.imageHeight);
    facts.imageWidth = int(seeing.imageWidth);
    PreprocessPlan plan = planFor(checkpoint, facts.imageHeight, facts.imageWidth, facts.assumptions);
    return {std::move(seeing), std::move(writing), std::move(facts), std::move(plan), reader.weights()};
}

LoadedModel loadPictureDecoder(PictureDecoderParts parts, const PictureWords& words,
                               std::unique_ptr<PictureConnector> connector, const ModelSettings& settings)
{
    WeightBinder binder(parts.weights, wantsNonFinite(settings));
    auto model = std::make_unique<PictureDecoder>(parts.vision, parts.text, words, std::move(connector),
                                                  std::move(parts.facts));
    model->load(parts.weights, binder);
    return {std::move(model), std::move(parts.plan), binder.unused()};
}

std::int64_t imageTokenOf(const JsonFields& fields, std::int64_t fallback)
{
    return fields.integer("image_token_index", fields.integer("image_token_id", fallback, 0, kMostTokens), 0,
                          kMostTokens);
}

} // namespace headlens
