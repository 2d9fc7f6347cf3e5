// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/picture_decoder.h"

#include "core/base/error.h"
#include "core/models/skeletons/cached_decoder.h"

#include <ATen/ATen.h>

#include <charconv>
#include <system_error>

namespace headlens {
namespace {

constexpr std::int64_t kMostTokens = 16'777'216;

// A mask [B,T] with padding in front.
bool isLeftPadded(const at::Tensor& mask)
{
    return mask.defined() && (mask.select(1, 0) == 0).any().item<bool>();
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

PictureDecoder::PictureDecoder(std::unique_ptr<PictureEyes> eyes, const StackConfig& text, const PictureWords& words,
                               ModelFacts facts)
    : m_facts(std::move(facts)), m_eyes(std::move(eyes)), m_text(text), m_words(words)
{
    m_eyes->appendFacts(m_facts);
    m_text.appendFacts(m_facts, "text");
    m_facts.text.writes = true;
    m_facts.textOnlyInput = m_facts.packsPictures = true;
    m_facts.outputs.push_back(verbs::OutputKind::VocabularyScores);
    m_facts.tokenKinds = {{int(words.token), "image"}, {int(words.token) + 1, ""}};
    if (words.perPicture > 0) m_facts.widerTokens = {{int(words.token), int(words.perPicture)}};
}

void PictureDecoder::load(WeightBinder& binder, WeightBinder& seeing)
{
    m_eyes->load(seeing.checkpoint(), seeing);
    if (&seeing != &binder) seeing.finish();
    headlens::load(m_text, binder);
    m_head.load(binder, m_text.config());
    binder.finish();
}

at::Tensor PictureDecoder::isPicture(const at::Tensor& ids) const
{
    const at::Tensor still = ids == m_words.token;
    return m_words.filmToken < 0 ? still : still.logical_or(ids == m_words.filmToken);
}

std::vector<PictureSpan> PictureDecoder::picturesIn(const at::Tensor& ids, const SeenVectors& seen) const
{
    const at::Tensor places = (ids[0] == m_words.token).nonzero().squeeze(1).to(at::kCPU, at::kLong).contiguous();
    const auto place = [&](std::int64_t i) { return places.data_ptr<std::int64_t>()[i]; };
    std::vector<PictureSpan> pictures;
    std::int64_t from = 0;
    for (const VectorGrid& grid : seen.grids) {
        const std::int64_t last = from + grid.vectors - 1;
        if (grid.vectors < 1 || last >= places.size(0)) break;
        if (grid.rows > 0 && place(last) - place(from) == last - from) // side by side
            pictures.push_back({int(place(from) + grid.before), int(grid.rows), int(grid.columns)});
        from = last + 1;
    }
    return pictures;
}

at::Tensor PictureDecoder::sentence(const at::Tensor& ids, const SeenVectors& seen, const Stack::Embedding& how) const
{
    // Ids of pictures may be none of the table's rows.
    const at::Tensor words = m_text.embed(at::where(isPicture(ids), at::zeros_like(ids), ids), how);
    const at::Tensor withPictures = placed(words, ids == m_words.token, seen.pictures);
    return m_words.filmToken < 0 ? withPictures : placed(withPictures, ids == m_words.filmToken, seen.films);
}

at::Tensor PictureDecoder::placed(const at::Tensor& words, const at::Tensor& here, const at::Tensor& vectors) const
{
    const auto places = here.sum().item<std::int64_t>();
    if (places == 0) return words;
    if (!vectors.defined())
        throw Error(ErrorCode::BadRequest, "the text", "names a picture and none was given", "give it a picture");
    requireFit(places, vectors.size(0));
    const at::Tensor order = (here.flatten().to(at::kLong).cumsum(0) - 1).clamp_min(0).remainder(vectors.size(0));
    const at::Tensor seen = (vectors * m_words.scale).index_select(0, order).view_as(words);
    return at::where(here.unsqueeze(-1), seen, words);
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
    const SeenVectors seen = m_eyes->see(input, options, control, result);
    StackPass pass = passOf(options, control, int(m_facts.blocks.size()), result);
    pass.mask = input.mask;
    pass.together = together(input);
    pass.axes = m_eyes->places(input);
    if (pass.axes.defined()) result.outputs["position_ids"] = pass.axes;
    pass.tower = "text";
    pass.stream = int(result.trace.streams.size());
    pass.firstBlock = m_eyes->blocks();
    result.trace.streams.push_back(
        {.name = "text", .text = input.ids.size(1), .pictures = picturesIn(input.ids, seen)});
    if (options.lastBlock >= 0 && options.lastBlock < pass.firstBlock) return result; // the tower was asked alone
    const at::Tensor x = m_text.run(sentence(input.ids, seen, {.hooks = options.hooks}), pass);
    const at::Tensor normed = m_text.finalNorm(x);
    result.outputs["text.last_hidden_state"] = normed;
    if (options.vocabularyScores) result.outputs["logits"] = m_head(m_text, normed);
    return result;
}

std::map<int, int> PictureDecoder::widerTokens(const at::Tensor& pixels) const
{
    const std::int64_t vectors = pixels.defined() ? m_eyes->vectorsOf(pixels) : 0;
    if (vectors == 0) return m_facts.widerTokens;
    return {{int(m_words.token), int(vectors)}};
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
    return stream.gridHeight > 0 ? m_eyes->positionTable(stream) : m_text.positionTable(stream.tokens());
}

// The pictures are looked at once.
std::unique_ptr<Writer> PictureDecoder::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    ForwardResult unused;
    ForwardOptions seeing = options;
    seeing.keep.attention = false;
    const SeenVectors seen = m_eyes->see(input, seeing, {}, unused);
    DecoderStart start;
    start.mask = input.mask;
    start.countsReal = isLeftPadded(input.mask);
    start.ablated = options.ablated;
    start.firstBlock = m_eyes->blocks();
    start.together = together(input);
    start.axes = m_eyes->places(input);
    start.sentence = [this, seen](const at::Tensor& ids, const Stack::Embedding& how) {
        return sentence(ids, seen, how);
    };
    return std::make_unique<CachedDecoder>(
        m_text, [this](const at::Tensor& x) { return vocabularyScores(x); }, std::move(start));
}

void PictureDecoder::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    m_eyes->visit(visit);
    eachWeight(m_text, visit);
    m_head.visit(visit);
}

void PictureDecoder::packWeights(Precision precision)
{
    m_eyes->pack(precision);
    m_text.pack(precision);
}

PictureDecoderParts readPictureDecoder(const char* name, const char* usualText, const Checkpoint& checkpoint,
                                       const ModelSettings& settings)
{
    const StackReader whole(checkpoint, settings);
    const bool apart = whole.json().contains("text_config");
    DecoderReader reader(checkpoint, settings, apart ? "text_config" : "");
    const std::string type = apart ? reader.fields().text("model_type", usualText) : usualText;
    PictureDecoderParts parts{decoderConfig(type, reader), {}, reader.weights()};
    if (!reader.fields().present("tie_word_embeddings") && whole.fields().flag("tie_word_embeddings", false))
        parts.text.tiedHead = true;
    parts.facts.architecture = name;
    parts.facts.assumptions = reader.assumptions();
    parts.facts.text = textFactsOf(parts.text);
    parts.facts.text.endToken = reader.endToken();
    return parts;
}

LoadedModel loadPictureDecoder(PictureDecoderParts parts, const PictureWords& words, std::unique_ptr<PictureEyes> eyes,
                               const ModelSettings& settings)
{
    WeightBinder binder(parts.weights, wantsNonFinite(settings));
    auto model = std::make_unique<PictureDecoder>(std::move(eyes), parts.text, words, std::move(parts.facts));
    if (parts.eyes) {
        WeightBinder seeing(*parts.eyes, wantsNonFinite(settings));
        model->load(binder, seeing);
    } else {
        model->load(binder, binder);
    }
    std::vector<std::string> assumptions;
    PreprocessPlan plan = planFor(parts.eyes ? *parts.eyes : parts.weights, model->facts().imageHeight,
                                  model->facts().imageWidth, assumptions);
    return {std::move(model), std::move(plan), binder.unused()};
}

std::int64_t imageTokenOf(const ModelSettings& settings, std::int64_t fallback)
{
    const auto told = settings.find("image_token_index");
    if (told == settings.end()) return fallback;
    std::int64_t token = -1;
    const char* const end = told->second.data() + told->second.size();
    const auto [stop, error] = std::from_chars(told->second.data(), end, token);
    if (error != std::errc() || stop != end || token < 0 || token > kMostTokens)
        throw Error(ErrorCode::Usage, "--set image_token_index", "\"" + told->second + "\" is no token's number");
    return token;
}

std::int64_t imageTokenOf(const JsonFields& fields, std::int64_t fallback)
{
    return fields.integer("image_token_index", fields.integer("image_token_id", fallback, 0, kMostTokens), 0,
                          kMostTokens);
}

} // namespace headlens
